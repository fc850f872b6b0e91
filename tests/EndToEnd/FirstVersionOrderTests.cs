using System.Text.Json.Nodes;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Tests.Support;

namespace EventFunctions.EndToEnd.Tests;

/// <summary>An order that lies in the store as code wrote it that knew neither currencies nor addresses.</summary>
[Collection(SharedRuntime.Name)]
public sealed class FirstVersionOrderTests(RuntimeFixture fixture)
{
    [Fact]
    public async Task It_is_published_shown_and_cancelled_for_want_of_an_address_and_its_event_stays_as_it_was()
    {
        var shop = fixture.Shop;
        var (order, customer, product) = (Guid.NewGuid().ToString("N"), Orders.Unique("customer"), Orders.Unique("plate"));
        await shop.StockUpAsync(product, 5);
        var stream = $"ordering-{order}";
        var data = $$"""
            {"orderId":"{{order}}","customerId":"{{customer}}","lines":[{"productId":"{{product}}","quantity":2,"unitPrice":12.5}],
            "total":25,"paymentToken":"tok_ok"}
            """;

        await shop.Store.BeginStreamAsync(stream, "order-placed", 1, data);

        Assert.Equal("Cancelled", (await shop.SettleAsync(order)).Status);
        var view = JsonNode.Parse(await shop.Http.GetStringAsync(new Uri($"api/orders/{order}", UriKind.Relative)))!;
        Assert.Equal("order-address-not-recorded", view["cancellation"]!["code"]!.GetValue<string>());
        Assert.Equal("""{"amount":25.00,"currency":"EUR"}""", view["total"]!.ToJsonString());
        Assert.Equal("ZZ", view["shippingAddress"]!["country"]!.GetValue<string>());

        var stored = await shop.Store.StreamAsync(stream);
        Assert.Equal([("order-placed", 1), ("order-cancelled", 1)], stored.Select(e => (e.Type, e.SchemaVersion)));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(data), JsonNode.Parse(stored[0].Data)));
        Assert.Empty(await shop.Store.StreamAsync($"payments-{order}"));
        Assert.Equal(["stock-replenished"], (await shop.Store.StreamAsync($"inventory-{product}")).Select(e => e.Type));
        Assert.Empty(await shop.Store.ParkedAsync(stream));
        await Eventually.FindsAsync(
            async () => (await shop.Store.ViewsAsync("order-timeline"))
                .Where(entry => entry.GetRawText().Contains(stream, StringComparison.Ordinal)).ToList() is { Count: 2 } entries ? entries : null,
            "both events are in the order's timeline");
    }
}
