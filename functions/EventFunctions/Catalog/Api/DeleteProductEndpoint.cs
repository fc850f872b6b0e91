using EventFunctions.Domain.Catalog;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Catalog.Api;

/// <summary><c>DELETE /api/products/{productId}</c>: gives a product up that is not sold; its id is not used again.</summary>
/// <param name="products">Sends the command.</param>
public sealed class DeleteProductEndpoint(ProductCommandSender products)
{
    /// <summary>204, also where it is deleted already.</summary>
    [Function("DeleteProduct")]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiAnswer(StatusCodes.Status204NoContent)]
    [ApiProblem(StatusCodes.Status404NotFound, ProductRejections.NotFound)]
    [ApiProblem(StatusCodes.Status412PreconditionFailed, "stale-version")]
    [ApiProblem(StatusCodes.Status422UnprocessableEntity, ProductRejections.StillActive, "idempotency-key-reused")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "products/{productId}")] HttpRequest request,
        string productId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Product(productId);
        await products.SendAsync(request, id, new DeleteProduct(), nameof(DeleteProduct), cancellationToken);
        return Results.NoContent();
    }
}
