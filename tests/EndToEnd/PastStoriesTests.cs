using System.Globalization;
using System.Net;
using System.Text.Json;
using EventFunctions.EndToEnd.Tests.Running;

namespace EventFunctions.EndToEnd.Tests;

/// <summary>The past of an order that was delivered, as customers and operators read it.</summary>
[Collection(SharedRuntime.Name)]
public sealed class PastStoriesTests(RuntimeFixture fixture)
{
    private static readonly string[] Statuses = ["Placed", "Confirmed", "Paid", "Shipped", "Delivered"];

    [Fact]
    public async Task A_delivered_order_can_still_be_seen_as_it_was_at_every_step()
    {
        var (order, correlation) = await DeliverAsync();
        var events = await PagesAsync($"api/admin/streams/ordering-{order}/events?pageSize=2");
        Assert.Equal(Statuses.Length, events.Count);

        for (var i = 0; i < events.Count; i++)
        {
            var time = events[i].GetProperty("time").GetDateTimeOffset();
            var isLast = i == events.Count - 1;
            var byVersion = await GetAsync($"api/orders/{order}?version={i + 1}");
            Assert.Equal((Statuses[i], i + 1), (byVersion.GetProperty("status").GetString(), byVersion.GetProperty("version").GetInt32()));
            if (isLast || time.AddTicks(1) < events[i + 1].GetProperty("time").GetDateTimeOffset())
            {
                Assert.Equal(byVersion.GetRawText(), (await GetAsync($"api/orders/{order}?asOf={AsText(time.AddTicks(1))}")).GetRawText());
            }
        }

        var placed = events[0].GetProperty("time").GetDateTimeOffset();
        Assert.Equal("Placed", (await GetAsync($"api/orders/{order}?asOf={AsText(placed)}")).GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"api/orders/{order}?asOf={AsText(placed.AddTicks(-1))}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"api/orders/{order}?version=6"));
        Assert.All(events, e => Assert.Equal(correlation, e.GetProperty("metadata").GetProperty("correlationId").GetString()));
    }

    [Fact]
    public async Task Everything_that_happened_for_an_order_is_found_by_its_correlation_each_once_and_in_time()
    {
        var shop = fixture.Shop;
        var (order, correlation) = await DeliverAsync();
        var stored = (await shop.Store.EventsAsync()).Where(e => e.CorrelationId == correlation).Select(e => e.EventId).ToList();

        var oldest = await PagesAsync($"api/admin/events?correlationId={correlation}&pageSize=3");
        var newest = await PagesAsync($"api/admin/events?correlationId={correlation}&pageSize=4&order=newest");
        var shipped = await PagesAsync($"api/admin/events?correlationId={correlation}&type=order-shipped&type=shipment-created");

        Assert.Equal(stored.Order(), oldest.Select(IdOf).Order());
        Assert.Equal(stored.Order(), newest.Select(IdOf).Order());
        Assert.Equal(oldest.Select(TimeOf), newest.Select(TimeOf).Reverse());
        Assert.Equal(oldest.Select(TimeOf).Order(), oldest.Select(TimeOf));
        Assert.Equal([$"shipping-{order}", $"ordering-{order}"], shipped.Select(e => e.GetProperty("stream").GetString()));
    }

    [Fact]
    public async Task A_window_of_time_holds_what_happened_in_it_and_nothing_else()
    {
        var (_, correlation) = await DeliverAsync();
        var all = await PagesAsync($"api/admin/events?correlationId={correlation}");
        var (from, to) = (TimeOf(all[2]), TimeOf(all[^2]));

        var window = await PagesAsync($"api/admin/events?correlationId={correlation}&from={AsText(from)}&to={AsText(to)}&pageSize=2");

        Assert.Equal(all.Where(e => TimeOf(e) >= from && TimeOf(e) < to).Select(IdOf).Order(), window.Select(IdOf).Order());
    }

    private static string? IdOf(JsonElement e) => e.GetProperty("eventId").GetString();

    private static DateTimeOffset TimeOf(JsonElement e) => e.GetProperty("time").GetDateTimeOffset();

    private static string AsText(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O", CultureInfo.InvariantCulture));

    private async Task<(string Order, string Correlation)> DeliverAsync()
    {
        var shop = fixture.Shop;
        var product = Orders.Unique("bowl");
        await shop.StockUpAsync(product, 5);
        var correlation = Orders.Unique("correlation");
        var reply = await shop.Client.PlaceAsync(Orders.Of(product, Orders.Unique("customer")), null, correlation, CancellationToken.None);
        var order = reply.Expect("Placing the order").OrderId;
        Assert.Equal("Delivered", (await shop.SettleAsync(order)).Status);
        return (order, correlation);
    }

    private async Task<List<JsonElement>> PagesAsync(string address)
    {
        var items = new List<JsonElement>();
        string? continuation = null;
        do
        {
            var page = await GetAsync(continuation is null ? address : $"{address}&continuation={continuation}");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            continuation = page.TryGetProperty("continuation", out var next) ? next.GetString() : null;
        }
        while (continuation is not null);

        return items;
    }

    private async Task<JsonElement> GetAsync(string address)
    {
        using var response = await fixture.Shop.Http.GetAsync(new Uri(address, UriKind.Relative));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{address}: {(int)response.StatusCode} {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    private async Task<HttpStatusCode> StatusAsync(string address)
    {
        using var response = await fixture.Shop.Http.GetAsync(new Uri(address, UriKind.Relative));
        return response.StatusCode;
    }
}
