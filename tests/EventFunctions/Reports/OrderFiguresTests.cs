using EventFunctions.Customers;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Reports;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Projections;
using static EventFunctions.Tests.Publishing.EventSamples;

namespace EventFunctions.Tests.Reports;

public sealed class OrderFiguresTests : IAsyncDisposable
{
    private static readonly CustomerId Ada = new("ada");

    private readonly OperatorWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_customers_orders_count_when_they_are_placed_and_their_money_when_it_is_paid()
    {
        await OrderAsync("EUR", paid: true, ("apple", 2, 5), ("pear", 1, 2.50m));
        await OrderAsync("EUR", paid: false, ("apple", 1, 5));
        await OrderAsync("USD", paid: true, ("plum", 3, 1));

        var totals = await TotalsAsync();

        Assert.Equal((3, 0, "12.50 EUR, 3.00 USD"), (totals.Orders, totals.Cancelled, totals.Spent.ToString()));
        Assert.Equal(_world.Clock.GetUtcNow(), totals.LastOrderAt);
    }

    [Fact]
    public async Task What_is_paid_and_then_cancelled_is_not_spent_and_not_sold()
    {
        var order = await OrderAsync("EUR", paid: true, ("apple", 2, 5));
        await AppendAsync(order, 4, new OrderCancelled(order, Ada, "address-unserviceable", "Nobody goes there."));

        var totals = await TotalsAsync();

        Assert.Equal((1, 1, 0), (totals.Orders, totals.Cancelled, totals.Spent.Count));
        Assert.Equal("0 orders, 0 pieces, ", await SalesAsync("?from=2026-03-01&to=2026-03-31"));
        Assert.Empty((await ProductsAsync("2026-03-04")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Sales_are_told_by_day_and_by_product()
    {
        var day = DateOnly.FromDateTime(_world.Clock.GetUtcNow().UtcDateTime);
        await OrderAsync("EUR", paid: true, ("apple", 2, 5), ("pear", 1, 2.50m));
        await OrderAsync("EUR", paid: true, ("apple", 1, 5));
        _world.Clock.Advance(TimeSpan.FromDays(1));
        await OrderAsync("EUR", paid: true, ("apple", 4, 5));
        await OrderAsync("EUR", paid: false, ("apple", 9, 5));

        Assert.Equal("3 orders, 8 pieces, 37.50 EUR", await SalesAsync(""));
        Assert.Equal("2 orders, 4 pieces, 17.50 EUR", await SalesAsync($"?from={day:yyyy-MM-dd}&to={day:yyyy-MM-dd}"));
        Assert.Equal("3 orders, 7 pieces, 35.00 EUR", await SalesAsync("?productId=apple"));
        Assert.Equal("1 orders, 1 pieces, 2.50 EUR", await SalesAsync("?productId=pear"));
        Assert.Equal(
            ["apple 3", "pear 1"],
            (await ProductsAsync($"{day:yyyy-MM-dd}")).Json.GetProperty("items").EnumerateArray()
                .Select(i => $"{i.GetProperty("productId")} {i.GetProperty("sales").GetProperty("pieces")}").Order());
    }

    [Theory]
    [InlineData("?from=2026-03-02&to=2026-03-01")]
    [InlineData("?from=2026-01-01&to=2026-04-03")]
    [InlineData("?to=yesterday")]
    [InlineData("?productId=a%20b")]
    public async Task A_period_or_product_that_cannot_be_is_refused(string query) =>
        Assert.Equal(400, (await _world.CallAsync<GetSalesEndpoint>((e, r) => e.RunAsync(r, CancellationToken.None), query)).Response.StatusCode);

    [Fact]
    public async Task An_address_that_names_no_day_is_not_found() => Assert.Equal(404, (await ProductsAsync("2026-02-30")).Response.StatusCode);

    private async Task<string> SalesAsync(string query)
    {
        var call = await _world.CallAsync<GetSalesEndpoint>((e, r) => e.RunAsync(r, CancellationToken.None), query);
        Assert.Equal(200, call.Response.StatusCode);
        var total = call.Json.GetProperty("total");
        var revenue = total.GetProperty("revenue").EnumerateArray().Select(a => $"{a.GetProperty("amount")} {a.GetProperty("currency")}");
        return $"{total.GetProperty("orders")} orders, {total.GetProperty("pieces")} pieces, {string.Join(", ", revenue)}";
    }

    private Task<HttpCall> ProductsAsync(string day) =>
        _world.CallAsync<ListSoldProductsEndpoint>((e, r) => e.RunAsync(r, day, CancellationToken.None));

    private Task<CustomerTotals> TotalsAsync() => _world.Get<ICustomerTotals>().OfAsync(Ada, null, CancellationToken.None);

    private async Task<OrderId> OrderAsync(string currency, bool paid, params (string Product, int Quantity, decimal Price)[] lines)
    {
        var order = new OrderId(Guid.NewGuid());
        var ordered = new OrderLines(lines.Select(l => new OrderLine(new ProductId(l.Product), new Quantity(l.Quantity), new Money(l.Price, new Currency(currency)))));
        await AppendAsync(order, 1, Placed(order) with { CustomerId = Ada, Lines = ordered, Total = ordered.Total });
        if (paid)
        {
            await AppendAsync(order, 2, new OrderConfirmed(order, Ada));
            await AppendAsync(order, 3, new OrderPaid(order, Ada, ordered.Total));
        }

        return order;
    }

    private Task<ProjectionOutcome> AppendAsync(OrderId order, long version, OrderEvent happened) => _world.Get<LiveProjections>().HandleAsync(
        OrderFiguresProjection.Kind, Envelope(happened, Order.StreamOf(order), version) with { Time = _world.Clock.GetUtcNow() });
}
