using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace EventFunctions.Ordering.Api;

/// <summary><c>POST /api/orders</c>: places an order.</summary>
/// <param name="orders">The orders.</param>
/// <param name="validator">Checks the body.</param>
/// <param name="metadata">The request's circumstances.</param>
/// <param name="options">Who leads the order, and whether somebody has to look at it.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class PlaceOrderEndpoint(
    IAggregateRepository<Order, OrderEvent> orders,
    IValidator<PlaceOrderRequest> validator,
    RequestMetadata metadata,
    IOptions<OrderingOptions> options,
    TimeProvider timeProvider)
{
    /// <summary>The namespace of idempotency keys of this request.</summary>
    private static readonly Guid KeyScope = new("6f1c1f0e-54a5-4d0e-9a5e-0f6f7b7c9d11");

    /// <summary>201 with the order, or a problem.</summary>
    [Function("PlaceOrder")]
    [ApiHeaders(IdempotencyKey = true)]
    [ApiBody(typeof(PlaceOrderRequest))]
    [ApiAnswer(201, typeof(PlacedOrder), HasETag = true, HasLocation = true)]
    [ApiProblem(409, "contended")]
    [ApiProblem(
        422,
        OrderRejections.AddressNotRecorded,
        OrderRejections.AlreadyPlaced,
        OrderRejections.LinesCount,
        OrderRejections.DuplicateProduct,
        OrderRejections.MixedCurrencies,
        OrderRejections.TotalTooLarge,
        OrderRejections.TotalZero)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var order = body.Json<PlaceOrderRequest>();
        validator.Check(order);

        // The order's id follows from the key, so that a repeated request meets its own order.
        var orderId = new OrderId(IdempotencyKey.IdFor(request, KeyScope));
        var command = order.ToCommand(orderId, options.Value);
        var context = new CommandContext(
            metadata.ForCommand(NameBasedGuid.Create(orderId.Value, "place-order")) with { Process = OrderProcess.Of(command.Flow) },
            Fingerprint: body.Fingerprint);
        var result = await orders.ExecuteAsync(
            Order.StreamOf(orderId), context, state => OrderDecider.Decide(state, command, timeProvider.GetUtcNow()), cancellationToken);
        return result is CommandResult<Order>.Committed { State.Lines: { } lines, Version: var version }
            ? new ApiResult(
                StatusCodes.Status201Created,
                new PlacedOrder(orderId, OrderStatus.Placed, version, lines.Total),
                version,
                $"/api/orders/{orderId}")
            : new ProblemResult(ProblemMap.Of(result));
    }
}

/// <summary>The answer to an order; the same however often the request is repeated, and however far the order has come.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Status">Always placed.</param>
/// <param name="Version">The version that placing produced.</param>
/// <param name="Total">What it costs.</param>
public sealed record PlacedOrder(OrderId OrderId, OrderStatus Status, long Version, Money Total);
