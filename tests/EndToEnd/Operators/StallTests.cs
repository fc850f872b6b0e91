using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.EventSourcing;
using EventFunctions.Local.Host;
using EventFunctions.Ordering.Views;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventFunctions.EndToEnd.Tests.Operators;

public sealed class StallTests
{
    [Fact]
    public async Task A_stream_that_its_projection_cannot_apply_stalls_alone_is_seen_and_catches_up_after_the_fix()
    {
        var customer = Orders.Unique("customer");
        var projection = new PoisonedOrders(customer);
        await using var shop = await RunningShop.StartAsync(new LocalRuntimeOptions
        {
            LogLevel = LogLevel.None,
            ConfigureServices = services => services.AddSingleton<IProjection<OrderView>>(projection),
        });
        var product = Orders.Unique("cup");
        await shop.StockUpAsync(product, 100);
        var poisoned = (await shop.Client.PlaceAsync(Orders.Of(product, customer), null, null, CancellationToken.None)).Expect("Placing").OrderId;

        foreach (var _ in Enumerable.Range(0, 5))
        {
            Assert.Equal("Delivered", (await shop.PlaceAndSettleAsync(Orders.Of(product, Orders.Unique("customer")))).Status);
        }

        var quiet = await shop.QuietAsync();
        quiet.AssertOneEntryPerEvent();
        var health = await StateAsync(shop, "order");
        Assert.Equal(("stalled", 0), (health.GetProperty("state").GetString(), health.GetProperty("lag").GetProperty("events").GetInt32()));
        var stalled = Assert.Single(health.GetProperty("stalled").GetProperty("streams").EnumerateArray());
        Assert.Equal(
            ($"ordering-{poisoned}", 3, "order-paid", 3),
            (stalled.GetProperty("stream").GetString(),
                stalled.GetProperty("version").GetInt32(),
                stalled.GetProperty("type").GetString(),
                stalled.GetProperty("waiting").GetInt32()));
        Assert.Equal("active", (await StateAsync(shop, "customer-order")).GetProperty("state").GetString());
        Assert.Equal(2, (await shop.Client.FindOrderAsync(poisoned, CancellationToken.None))!.Version);

        using (var early = await RetryAsync(shop, poisoned))
        {
            Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
            Assert.Contains("no rule for this payment", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        projection.Mend();
        using (var retried = await RetryAsync(shop, poisoned))
        {
            Assert.Equal(HttpStatusCode.OK, retried.StatusCode);
        }

        var view = (await shop.Client.FindOrderAsync(poisoned, CancellationToken.None))!;
        Assert.Equal(("Delivered", 5), (view.Status, view.Version));
        Assert.Equal("active", (await StateAsync(shop, "order")).GetProperty("state").GetString());
        Assert.Equal((0, 0), (Subscriptions.DeadOf(shop.Runtime), Subscriptions.PendingOf(shop.Runtime)));
        Assert.Equal(quiet.Events.Count, (await shop.Store.EventsAsync()).Count);
    }

    [Fact]
    public async Task A_shop_that_has_handled_everything_is_active_without_lag_in_every_projection()
    {
        await using var shop = await RunningShop.StartAsync(new LocalRuntimeOptions());
        var product = Orders.Unique("cup");
        await shop.StockUpAsync(product, 10);
        Assert.Equal("Delivered", (await shop.PlaceAndSettleAsync(Orders.Of(product, Orders.Unique("customer")))).Status);
        using var registered = await shop.Http.PostAsJsonAsync("api/customers", new { name = "Ada", email = "ada@example.com" });
        Assert.True(registered.IsSuccessStatusCode);
        await shop.QuietAsync();

        // The tail of an event's handling is noted when its message is settled already.
        await Eventually.HoldsAsync(async () => (await ProjectionsAsync(shop)).All(IsActiveWithoutLag), "every projection is active without lag");

        var projections = await ProjectionsAsync(shop);
        Assert.Superset(
            new HashSet<string?>
            {
                "customer", "customer-list", "customer-notification", "customer-order", "order", "order-figures", "order-timeline", "payment", "product",
                "shipment", "stock",
            },
            projections.Select(p => p.GetProperty("name").GetString()).ToHashSet());
        Assert.All(projections, p => Assert.True(p.TryGetProperty("position", out _)));
    }

    private static bool IsActiveWithoutLag(JsonElement projection) =>
        projection.TryGetProperty("position", out _) && projection.GetProperty("state").GetString() == "active" && projection.GetProperty("lag").GetProperty("events").GetInt32() == 0;

    private static async Task<IReadOnlyList<JsonElement>> ProjectionsAsync(RunningShop shop) =>
        [.. (await shop.Http.GetFromJsonAsync<JsonElement>("api/admin/projections")).GetProperty("items").EnumerateArray()];

    private static Task<JsonElement> StateAsync(RunningShop shop, string projection) =>
        shop.Http.GetFromJsonAsync<JsonElement>($"api/admin/projections/{projection}");

    private static Task<HttpResponseMessage> RetryAsync(RunningShop shop, string order) => shop.Http.PostAsync(
        new Uri($"api/admin/projections/order/stalled/ordering-{order}/retry", UriKind.Relative), content: null);
}
