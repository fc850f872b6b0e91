using EventFunctions.Domain;
using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Reports;

/// <summary>Reads what was sold.</summary>
/// <param name="views">The views.</param>
public sealed class SalesReader(ServingViews views)
{
    /// <summary>The sales of every day of a period: one point read a day.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="productId">Only of this product.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SalesOfPeriod> OfPeriodAsync(DateOnly from, DateOnly to, ProductId? productId, CancellationToken cancellationToken)
    {
        var figures = await views.OfAsync(OrderFiguresProjection.Kind, cancellationToken);
        var days = await Task.WhenAll(Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(async n =>
        {
            var day = from.AddDays(n);
            var key = productId is null ? OrderFiguresProjection.KeyOf(day) : OrderFiguresProjection.KeyOf(day, productId);
            return (Day: day, Figures: (await figures.FindAsync<OrderFigures>(key, cancellationToken))?.Current.View);
        }));
        var total = days.Aggregate(OrderFigures.Zero, (sum, day) => sum.Plus(day.Figures ?? OrderFigures.Zero));
        return new SalesOfPeriod([.. days.Select(d => new SalesOfDay(d.Day, SalesFigures.Of(d.Figures)))], SalesFigures.Of(total));
    }

    /// <summary>A page of the products that were sold on a day, the one that was sold last first of all first.</summary>
    /// <exception cref="ArgumentException">The continuation is not one of a page before.</exception>
    public async Task<SoldProductsPage> OfDayAsync(DateOnly day, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        var figures = await views.OfAsync(OrderFiguresProjection.Kind, cancellationToken);
        var page = await figures.ListAsync<OrderFigures>(
            OrderFiguresProjection.PartitionOf(day), OrderFiguresProjection.Kind, pageSize, continuation, cancellationToken);

        // The day's own figures are in the same list, and so are products whose only orders were cancelled.
        return new SoldProductsPage(
            [.. page.Views.Select(v => v.View).Where(f => f is { ProductId: not null, Orders: > 0 }).Select(f => new SalesOfProduct(f.ProductId!, SalesFigures.Of(f)))],
            page.Continuation);
    }
}
