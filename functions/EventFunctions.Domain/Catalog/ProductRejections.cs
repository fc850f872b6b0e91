namespace EventFunctions.Domain.Catalog;

/// <summary>The stable codes of the rules that a product refuses a command by.</summary>
public static class ProductRejections
{
    /// <summary>There is no such product.</summary>
    public const string NotFound = "product-not-found";

    /// <summary>The product exists and was described otherwise.</summary>
    public const string AlreadyCreated = "product-already-created";

    /// <summary>A product has a price, and it is more than nothing.</summary>
    public const string PriceZero = "product-price-zero";

    /// <summary>A draft was never sold, so there is nothing to stop.</summary>
    public const string NeverActive = "product-never-active";

    /// <summary>The product is sold; it has to be deactivated before it is deleted.</summary>
    public const string StillActive = "product-still-active";

    /// <summary>The product is deleted and stays so.</summary>
    public const string Deleted = "product-deleted";

    /// <summary>Every code above.</summary>
    public static IReadOnlyList<string> All { get; } = [NotFound, AlreadyCreated, PriceZero, NeverActive, StillActive, Deleted];
}
