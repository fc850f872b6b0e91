using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Inventory.Views;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Api;

/// <summary><c>POST /api/inventory/{productId}/replenish</c>: pieces came in.</summary>
/// <param name="stock">The stock.</param>
/// <param name="validator">Checks the body.</param>
/// <param name="metadata">The request's circumstances.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ReplenishStockEndpoint(
    IAggregateRepository<StockItem, StockItemEvent> stock,
    IValidator<ReplenishRequest> validator,
    RequestMetadata metadata,
    TimeProvider timeProvider)
{
    /// <summary>The namespace of idempotency keys of this request.</summary>
    private static readonly Guid KeyScope = new("c3f2a9de-2f0b-4f0d-8b52-5d0f1c9a7e42");

    /// <summary>200 with the stock, or a problem.</summary>
    [Function("ReplenishStock")]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiBody(typeof(ReplenishRequest))]
    [ApiAnswer(200, typeof(StockView), HasETag = true)]
    [ApiProblem(404, "product-not-found")]
    [ApiProblem(409, "contended")]
    [ApiProblem(422, StockItemRejections.ProductMismatch, StockItemRejections.ThresholdRange, StockItemRejections.TooMuch)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "inventory/{productId}/replenish")] HttpRequest request,
        string productId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Product(productId);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var replenishment = body.Json<ReplenishRequest>();
        validator.Check(replenishment);
        var command = replenishment.ToCommand(id);

        // The key is meant within the product: two products may be replenished under one key.
        var commandId = IdempotencyKey.IdFor(request, NameBasedGuid.Create(KeyScope, id.Value));
        var context = new CommandContext(metadata.ForCommand(commandId), Preconditions.IfMatch(request), body.Fingerprint);
        var result = await stock.ExecuteAsync(
            StockItem.StreamOf(id), context, item => StockItemDecider.Decide(item, command, timeProvider.GetUtcNow()), cancellationToken);
        return result is CommandResult<StockItem>.Committed { State: var state, Version: var version }
            ? new ApiResult(StatusCodes.Status200OK, StockView.Of(id, state, version), version)
            : new ProblemResult(ProblemMap.Of(result));
    }
}
