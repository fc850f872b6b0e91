using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Local.Host.Demo;
using EventFunctions.Tests.Support;

namespace EventFunctions.EndToEnd.Tests;

[Collection(SharedRuntime.Name)]
public sealed class OrderStoriesTests(RuntimeFixture fixture)
{
    [Theory]
    [InlineData("a", "delivered")]
    [InlineData("b", "declined")]
    [InlineData("c", "out of stock")]
    [InlineData("d", "not shippable after capture")]
    [InlineData("e", "cancelled by the customer mid-way")]
    [InlineData("f", "sent five times at once")]
    public async Task An_order_ends_as_it_must_and_every_book_agrees(string letter, string outcome)
    {
        var story = Assert.Single(DemoRun.Stories, story => story.Letter == letter);
        var run = new DemoRun(fixture.Shop.Runtime.AppAddress, fixture.Shop.Runtime.SandboxAddress, Eventually.DefaultDeadline);

        var result = await run.PlayAsync(story, progress: null, CancellationToken.None);

        Assert.True(result.Passed, $"{outcome}: {string.Join("; ", result.Checks.Where(check => !check.Passed))}");
        Assert.True(result.Checks.Count >= 10, $"{outcome}: only {result.Checks.Count} checks were made");
    }

    [Fact]
    public async Task A_delivered_order_leaves_exactly_its_events_in_the_store_all_of_one_correlation()
    {
        var shop = fixture.Shop;
        var product = Orders.Unique("plate");
        await shop.StockUpAsync(product, 5);
        var correlation = Orders.Unique("correlation");
        var reply = await shop.Client.PlaceAsync(Orders.Of(product, Orders.Unique("customer")), null, correlation, CancellationToken.None);
        var order = reply.Expect("Placing the order").OrderId;

        Assert.Equal("Delivered", (await shop.SettleAsync(order)).Status);

        Assert.Equal(["order-placed", "order-confirmed", "order-paid", "order-shipped", "order-delivered"], Types(await shop.Store.StreamAsync($"ordering-{order}")));
        Assert.Equal(["payment-processing", "payment-authorized", "payment-captured"], Types(await shop.Store.StreamAsync($"payments-{order}")));
        Assert.Equal(["shipment-created", "shipment-dispatched", "shipment-delivered"], Types(await shop.Store.StreamAsync($"shipping-{order}")));
        var stock = await shop.Store.StreamAsync($"inventory-{product}");
        Assert.Equal(["stock-replenished", "stock-reserved", "stock-committed"], Types(stock));
        var events = (await shop.Store.EventsAsync()).Where(stored => stored.CorrelationId == correlation).ToList();
        Assert.Equal(5 + 3 + 3 + 2, events.Count);
        Assert.Equal(events.Count, events.Select(stored => stored.EventId).Distinct().Count());
    }

    [Fact]
    public async Task A_correlation_id_is_answered_and_one_is_given_where_none_was_sent()
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, "api/health");
        asked.Headers.Add("X-Correlation-Id", "asked-for");
        using var echoed = await fixture.Shop.Http.SendAsync(asked);
        using var given = await fixture.Shop.Http.GetAsync(new Uri("api/health", UriKind.Relative));

        Assert.Equal("asked-for", Assert.Single(echoed.Headers.GetValues("X-Correlation-Id")));
        Assert.NotEmpty(Assert.Single(given.Headers.GetValues("X-Correlation-Id")));
    }

    [Fact]
    public async Task The_view_of_an_order_never_shows_the_card()
    {
        var shop = fixture.Shop;
        var order = await shop.PlaceAndSettleAsync(Orders.Of(Orders.Unique("nothing-there"), Orders.Unique("customer"), token: "tok_declined"));

        var body = await shop.Http.GetStringAsync(new Uri($"api/orders/{order.OrderId}", UriKind.Relative));

        Assert.Contains(order.OrderId, body, StringComparison.Ordinal);
        Assert.DoesNotContain("tok_declined", body, StringComparison.Ordinal);
    }

    private static string[] Types(IEnumerable<StoredEvent> events) => [.. events.Select(stored => stored.Type)];
}
