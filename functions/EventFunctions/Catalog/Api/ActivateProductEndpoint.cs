using EventFunctions.Catalog.Views;
using EventFunctions.Domain.Catalog;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Catalog.Api;

/// <summary><c>POST /api/products/{productId}/activate</c>: sells a product from now on.</summary>
/// <param name="products">Sends the command.</param>
public sealed class ActivateProductEndpoint(ProductCommandSender products)
{
    /// <summary>200 with the product, also where it is sold already.</summary>
    [Function("ActivateProduct")]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiAnswer(StatusCodes.Status200OK, typeof(ProductView), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, ProductRejections.NotFound, ProductRejections.Deleted)]
    [ApiProblem(StatusCodes.Status412PreconditionFailed, "stale-version")]
    [ApiProblem(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "products/{productId}/activate")] HttpRequest request,
        string productId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Product(productId);
        var product = await products.SendAsync(request, id, new ActivateProduct(), nameof(ActivateProduct), cancellationToken);
        return new ApiResult(StatusCodes.Status200OK, ProductView.Of(product.State, product.Version), product.Version);
    }
}
