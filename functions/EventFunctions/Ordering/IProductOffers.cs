using EventFunctions.Domain;

namespace EventFunctions.Ordering;

/// <summary>Tells what the shop sells, and for how much.</summary>
public interface IProductOffers
{
    /// <summary>The offer of a product, or <see langword="null"/> where the shop does not sell it (any more).</summary>
    /// <param name="productId">The product.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ProductOffer?> FindAsync(ProductId productId, string? tenant, CancellationToken cancellationToken);
}

/// <summary>A product that can be bought.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="UnitPrice">The price of one piece.</param>
public sealed record ProductOffer(ProductId ProductId, Money UnitPrice);
