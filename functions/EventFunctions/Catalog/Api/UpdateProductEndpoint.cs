using EventFunctions.Catalog.Views;
using EventFunctions.Domain.Catalog;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Catalog.Api;

/// <summary><c>PUT /api/products/{productId}</c>: describes a product anew, whole; the article number stays.</summary>
/// <param name="products">Sends the command.</param>
/// <param name="validator">Checks the body.</param>
public sealed class UpdateProductEndpoint(ProductCommandSender products, IValidator<UpdateProductRequest> validator)
{
    /// <summary>200 with the product, or a problem.</summary>
    [Function("UpdateProduct")]
    [ApiBody(typeof(UpdateProductRequest))]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiAnswer(StatusCodes.Status200OK, typeof(ProductView), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, ProductRejections.NotFound, ProductRejections.Deleted)]
    [ApiProblem(StatusCodes.Status412PreconditionFailed, "stale-version")]
    [ApiProblem(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "products/{productId}")] HttpRequest request,
        string productId,
        CancellationToken cancellationToken)
    {
        var id = RouteId.Product(productId);
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var product = body.Json<UpdateProductRequest>();
        validator.Check(product);
        var updated = await products.SendAsync(request, id, product.ToCommand(), body.Fingerprint, cancellationToken);
        return new ApiResult(StatusCodes.Status200OK, ProductView.Of(updated.State, updated.Version), updated.Version);
    }
}
