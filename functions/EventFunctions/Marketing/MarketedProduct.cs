namespace EventFunctions.Marketing;

/// <summary>What marketing knows of a product.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Category">What it is sorted under.</param>
/// <param name="Sequence">The place of the event that says so: an older one that arrives later changes nothing.</param>
public sealed record MarketedProduct(string ProductId, string Name, string Category, long Sequence);
