using EventFunctions.Catalog.Views;
using EventFunctions.Domain.Catalog;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Catalog.Api;

/// <summary><c>POST /api/products</c>: describes a new product, a draft until it is activated.</summary>
/// <param name="products">Sends the command.</param>
/// <param name="validator">Checks the body.</param>
public sealed class CreateProductEndpoint(ProductCommandSender products, IValidator<CreateProductRequest> validator)
{
    /// <summary>201 with the product, or a problem.</summary>
    [Function("CreateProduct")]
    [ApiBody(typeof(CreateProductRequest))]
    [ApiHeaders(IdempotencyKey = true)]
    [ApiAnswer(StatusCodes.Status201Created, typeof(ProductView), HasETag = true, HasLocation = true)]
    [ApiProblem(StatusCodes.Status422UnprocessableEntity, ProductRejections.AlreadyCreated, ProductRejections.Deleted, "idempotency-key-reused")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "products")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(request, cancellationToken);
        var product = body.Json<CreateProductRequest>();
        validator.Check(product);
        var command = product.ToCommand();
        var created = await products.SendAsync(request, command.ProductId, command, body.Fingerprint, cancellationToken);
        return new ApiResult(
            StatusCodes.Status201Created, ProductView.Of(created.State, created.Version), created.Version, $"/api/products/{command.ProductId}");
    }
}
