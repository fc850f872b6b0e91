using EventFunctions.Domain;

namespace EventFunctions.Ordering.Reports;

/// <summary>What was sold.</summary>
/// <param name="Orders">In how many orders.</param>
/// <param name="Pieces">How many pieces.</param>
/// <param name="Revenue">For how much.</param>
public sealed record SalesFigures(int Orders, long Pieces, CurrencyAmounts Revenue)
{
    /// <summary>What of the figures is of sales.</summary>
    public static SalesFigures Of(OrderFigures? figures)
    {
        var (orders, _, pieces, revenue, _, _) = figures ?? OrderFigures.Zero;
        return new SalesFigures(orders, pieces, revenue);
    }
}

/// <summary>What was sold on a day.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Sales">How much.</param>
public sealed record SalesOfDay(DateOnly Day, SalesFigures Sales);

/// <summary>What was sold of a product.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Sales">How much; an amount is without what other products of the same orders cost.</param>
public sealed record SalesOfProduct(ProductId ProductId, SalesFigures Sales);

/// <summary>The sales of a period.</summary>
/// <param name="Items">Day by day; days without sales have zeros.</param>
/// <param name="Total">The sum; an order counts once for each of its days, which is one.</param>
public sealed record SalesOfPeriod(IReadOnlyList<SalesOfDay> Items, SalesFigures Total);

/// <summary>A page of what was sold on a day.</summary>
/// <param name="Items">The products.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record SoldProductsPage(IReadOnlyList<SalesOfProduct> Items, string? Continuation);
