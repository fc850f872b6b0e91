using EventFunctions.Domain;
using EventFunctions.Domain.Catalog;
using EventFunctions.EventSourcing;

namespace EventFunctions.Catalog.Views;

/// <summary>Which products are looked for, and in what order; what is given must all hold. Deleted products are never found.</summary>
public sealed record ProductSearch
{
    /// <summary>The longest text that is looked for, in characters.</summary>
    public const int MaxTextLength = 100;

    /// <summary>The most words that are looked for.</summary>
    public const int MaxWords = 8;

    private static readonly ViewField Text = new("searchText");
    private static readonly ViewField SortName = new("sortName");
    private static readonly ViewField Status = new("product.status");
    private static readonly ViewField Category = new("product.category");
    private static readonly ViewField Currency = new("product.price.currency");
    private static readonly ViewField Amount = new("product.price.amount");

    /// <summary>Words, each of which is somewhere in the name, the article number or the description, in any case.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The shelf, or any.</summary>
    public ProductCategory? Shelf { get; init; }

    /// <summary>The statuses, of which a product has one.</summary>
    public IReadOnlyList<ProductStatus> Statuses { get; init; } = [ProductStatus.Active];

    /// <summary>The currency of the price, or any.</summary>
    public Currency? PricedIn { get; init; }

    /// <summary>The least price, in units of <see cref="PricedIn"/>.</summary>
    public decimal? MinPrice { get; init; }

    /// <summary>The highest price, in units of <see cref="PricedIn"/>.</summary>
    public decimal? MaxPrice { get; init; }

    /// <summary>What the products are sorted by.</summary>
    public ProductOrder Order { get; init; } = ProductOrder.Newest;

    /// <summary>Whether the last in the alphabet, the dearest or the newest comes first.</summary>
    public bool Descending { get; init; } = true;

    /// <summary>The search as a query of the views of <see cref="ProductsProjection"/>.</summary>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    public ViewQuery ToQuery(string? tenant = null) => new(ProductsProjection.PartitionOf(tenant), ProductsProjection.Kind)
    {
        Conditions = [.. Conditions()],
        SortedBy = Order switch
        {
            ProductOrder.Name => SortName,
            ProductOrder.Price => Amount,
            _ => null,
        },
        Descending = Descending,
    };

    private IEnumerable<ViewCondition> Conditions()
    {
        yield return new ViewCondition.IsOneOf(Status, [.. Statuses.Where(s => s != ProductStatus.Deleted).Select(s => s.ToString())]);
        if (Shelf is { } shelf)
        {
            yield return new ViewCondition.IsOneOf(Category, shelf.Value);
        }

        if (PricedIn is { } currency)
        {
            yield return new ViewCondition.IsOneOf(Currency, currency.Code);
        }

        if (MinPrice is { } least)
        {
            yield return new ViewCondition.AtLeast(Amount, least);
        }

        if (MaxPrice is { } most)
        {
            yield return new ViewCondition.AtMost(Amount, most);
        }

        foreach (var word in Words)
        {
            yield return new ViewCondition.Contains(Text, ProductEntry.Fold(word));
        }
    }
}

/// <summary>What products are sorted by.</summary>
public enum ProductOrder
{
    /// <summary>When they were created.</summary>
    Newest,

    /// <summary>Their name, in any case.</summary>
    Name,

    /// <summary>Their price.</summary>
    Price,
}
