using EventFunctions.Domain;
using EventFunctions.Domain.Catalog;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering;

namespace EventFunctions.Catalog;

/// <summary>What the catalog sells: its active products. One point read of the product's head for each question, as it is now.</summary>
/// <param name="products">The products.</param>
public sealed class CatalogProductOffers(IAggregateRepository<Product, ProductEvent> products) : IProductOffers
{
    /// <inheritdoc/>
    public async Task<ProductOffer?> FindAsync(ProductId productId, string? tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(productId);
        return (await products.LoadAsync(Product.StreamOf(productId, tenant), cancellationToken)).State
            is { Status: ProductStatus.Active, Price: { } price }
            ? new ProductOffer(productId, price)
            : null;
    }
}
