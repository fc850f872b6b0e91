using EventFunctions.Catalog.Views;
using EventFunctions.Domain.Catalog;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Catalog.Api;

/// <summary><c>POST /api/products/{productId}/deactivate</c>: sells a product no longer, for the time being.</summary>
/// <param name="products">Sends the command.</param>
public sealed class DeactivateProductEndpoint(ProductCommandSender products)
{
    /// <summary>200 with the product, also where it is not sold already.</summary>
    [Function("DeactivateProduct")]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiAnswer(StatusCodes.Status200OK, typeof(ProductView), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, ProductRejections.NotFound, ProductRejections.Deleted)]
    [ApiProblem(StatusCodes.Status412PreconditionFailed, "stale-version")]
    [ApiProblem(StatusCodes.Status422UnprocessableEntity, ProductRejections.NeverActive, "idempotency-key-reused")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "products/{productId}/deactivate")] HttpRequest request,
        string productId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Product(productId);
        var product = await products.SendAsync(request, id, new DeactivateProduct(), nameof(DeactivateProduct), cancellationToken);
        return new ApiResult(StatusCodes.Status200OK, ProductView.Of(product.State, product.Version), product.Version);
    }
}
