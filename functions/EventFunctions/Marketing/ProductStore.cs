using EventFunctions.EventSourcing;
using EventFunctions.Integration.Contracts;

namespace EventFunctions.Marketing;

/// <summary>Keeps what marketing knows of products in the store of views.</summary>
/// <param name="views">The store.</param>
public sealed class ProductStore(IViewStore views)
{
    private const int MaxAttempts = 20;

    /// <summary>A product, or <see langword="null"/>.</summary>
    public async Task<MarketedProduct?> FindAsync(string productId, string? tenant, CancellationToken cancellationToken) =>
        (await views.FindAsync<MarketedProduct>(MarketingKeys.ProductOf(productId, tenant), cancellationToken))?.Current.View;

    /// <summary>Keeps a description unless a newer one is kept.</summary>
    /// <exception cref="StoreUnavailableException">Others changed it each time, or the store is away.</exception>
    public async Task DescribeAsync(
        ShopProductDescribed described, string? tenant, long sequence, DateTimeOffset time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(described);
        var key = MarketingKeys.ProductOf(described.ProductId, tenant);
        var product = new MarketedProduct(described.ProductId, described.Name, described.Category, sequence);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var stored = await views.FindAsync<MarketedProduct>(key, cancellationToken);
            if (stored?.Current.View.Sequence >= sequence)
            {
                return;
            }

            var view = new VersionedView<MarketedProduct>(product, sequence, stored?.Current.Since ?? time, time);
            if (await views.SaveAsync(key, MarketingKeys.ProductKind, view, stored?.ETag, cancellationToken) is not null)
            {
                return;
            }
        }

        throw new StoreUnavailableException($"Product '{described.ProductId}' changed under each of {MaxAttempts} attempts to describe it.");
    }
}
