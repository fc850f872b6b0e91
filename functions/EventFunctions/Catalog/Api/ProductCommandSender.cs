using EventFunctions.Domain;
using EventFunctions.Domain.Catalog;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Catalog.Api;

/// <summary>Sends a request's command to a product.</summary>
/// <param name="products">The products.</param>
/// <param name="metadata">The request's circumstances.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ProductCommandSender(
    IAggregateRepository<Product, ProductEvent> products, RequestMetadata metadata, TimeProvider timeProvider)
{
    /// <summary>The namespace of idempotency keys of these requests.</summary>
    private static readonly Guid KeyScope = new("b3a1c1a7-64e0-4c0b-9d3b-0c9d3b4a8f52");

    /// <summary>Sends the command once for each idempotency key, and only to the version that <c>If-Match</c> names.</summary>
    /// <param name="request">The request.</param>
    /// <param name="productId">The product.</param>
    /// <param name="command">The command.</param>
    /// <param name="fingerprint">Tells this request from another under the same idempotency key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The product as the command left it.</returns>
    /// <exception cref="ProblemException">It did not take effect; 404 where a command other than the creation meets no product.</exception>
    public async Task<Loaded<Product>> SendAsync(
        HttpRequest request, ProductId productId, ProductCommand command, string fingerprint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(productId);
        ArgumentNullException.ThrowIfNull(command);

        // The key is meant within the product: two products may be changed under one key.
        var commandId = IdempotencyKey.IdFor(request, NameBasedGuid.Create(KeyScope, productId.Value));
        var context = new CommandContext(metadata.ForCommand(commandId), Preconditions.IfMatch(request), fingerprint);
        var result = await products.ExecuteAsync(
            Product.StreamOf(productId), context, product => ProductDecider.Decide(product, command, timeProvider.GetUtcNow()), cancellationToken);
        return result switch
        {
            CommandResult<Product>.Committed { State: var state, Version: var version } => new Loaded<Product>(state, version),
            CommandResult<Product>.Rejected { Reason: { Code: ProductRejections.NotFound or ProductRejections.Deleted } reason } when command is not CreateProduct =>
                throw new ProblemException(Problem.NotFound(reason.Code, reason.Message)),
            _ => throw new ProblemException(ProblemMap.Of(result)),
        };
    }
}
