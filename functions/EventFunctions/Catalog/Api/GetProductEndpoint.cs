using EventFunctions.Catalog.Views;
using EventFunctions.Domain.Catalog;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Catalog.Api;

/// <summary><c>GET /api/products/{productId}</c>: the product as its view shows it, a moment after it changed.</summary>
/// <param name="views">The views.</param>
public sealed class GetProductEndpoint(ServingViews views)
{
    /// <summary>200 with the view, whatever the status; 404 until there is one, and when the product is deleted.</summary>
    [Function("GetProduct")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(ProductView), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, ProductRejections.NotFound)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "products/{productId}")] HttpRequest request,
        string productId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var id = RouteId.Product(productId);
        var products = await views.OfAsync(ProductsProjection.Kind, cancellationToken);
        var found = await products.FindAsync<ProductEntry>(ProductsProjection.KeyOf(id), cancellationToken);
        return found is { Current: { View.Product: { Status: not ProductStatus.Deleted } product, Version: var version } }
            ? new ApiResult(StatusCodes.Status200OK, product, version)
            : new ProblemResult(Problem.NotFound(ProductRejections.NotFound, $"There is no product '{id}' (any more), or it is not shown yet."));
    }
}
