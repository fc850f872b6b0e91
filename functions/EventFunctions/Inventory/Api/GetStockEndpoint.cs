using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Inventory.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Api;

/// <summary><c>GET /api/inventory/{productId}</c>: the stock as its view shows it, a moment after it changed.</summary>
/// <param name="views">The views.</param>
public sealed class GetStockEndpoint(ServingViews views)
{
    /// <summary>200 with the view, or 404 until there is one.</summary>
    [Function("GetStock")]
    [ApiAnswer(200, typeof(StockView), HasETag = true)]
    [ApiProblem(404, "product-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "inventory/{productId}")] HttpRequest request,
        string productId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var id = RouteId.Product(productId);
        var stocks = await views.OfAsync(StockViewProjection.Kind, cancellationToken);
        return await stocks.FindAsync<StockView>(StockViewProjection.KeyOf(id), cancellationToken) is { Current: var current }
            ? new ApiResult(StatusCodes.Status200OK, current.View, current.Version)
            : new ProblemResult(Problem.NotFound("product-not-found", $"There is no stock of '{id}', or it is not shown yet."));
    }
}
