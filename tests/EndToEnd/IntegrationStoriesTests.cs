using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Tests.Support;

namespace EventFunctions.EndToEnd.Tests;

/// <summary>What others are told of an order, and what is kept of who did it: through the running app, the bus and HTTP.</summary>
[Collection(SharedRuntime.Name)]
public sealed class IntegrationStoriesTests(RuntimeFixture fixture)
{
    private static readonly string[] Delivered =
        ["shop.order.confirmed.v1", "shop.order.delivered.v1", "shop.order.paid.v1", "shop.order.placed.v1", "shop.order.shipped.v1"];

    [Fact]
    public async Task An_outsider_is_told_of_each_event_of_an_order_once_and_signed()
    {
        var outsider = await Outsider.RegisterAsync(fixture.Shop, "shop.order.*");
        var order = await OrderAsync(Orders.Unique("customer"));

        await outsider.WaitForAsync(order, Delivered.Length);
        await fixture.Shop.QuietAsync();

        // Counted at the receiver and in the shop's own log.
        var posts = await outsider.PostsOfAsync(order);
        Assert.Equal(Delivered, posts.Select(p => p.Type).Order(StringComparer.Ordinal));
        Assert.Equal(Delivered.Length, posts.Select(p => p.Id).Distinct().Count());
        Assert.All(posts, p => Assert.Equal((true, 204), (p.IsSigned, p.Status)));
        await Eventually.HoldsAsync(
            async () => (await outsider.DeliveriesAsync()).Count(d => IsOf(d, posts) && d.GetProperty("state").GetString() == "Delivered") == Delivered.Length,
            "every delivery is noted as delivered");
        await outsider.DeleteAsync();
    }

    [Fact]
    public async Task What_an_outsider_could_not_take_comes_again_and_on_demand_once_more_under_the_same_id()
    {
        var outsider = await Outsider.RegisterAsync(fixture.Shop, "shop.order.placed.v1");
        await outsider.BehaveAsync(failures: 1);
        var order = await OrderAsync(Orders.Unique("customer"));

        var posts = await outsider.WaitForAsync(order, posts: 2);
        Assert.Equal([503, 204], posts.Select(p => p.Status));
        var delivery = await Eventually.FindsAsync(
            async () => (await outsider.DeliveriesAsync()).Where(d => IsOf(d, posts) && d.GetProperty("state").GetString() == "Delivered").Select(d => d.GetProperty("id").GetString()).FirstOrDefault(),
            "the delivery is noted as delivered");
        await outsider.RedeliverAsync(delivery);

        var all = await outsider.WaitForAsync(order, posts: 3);
        Assert.Equal((delivery, 3), (Assert.Single(all.Select(p => p.Id).Distinct()), all.Count));
        await outsider.DeleteAsync();
    }

    [Fact]
    public async Task Marketing_knows_the_order_and_the_audit_trail_has_every_event_of_its_transaction_once()
    {
        var (customer, correlation) = (Orders.Unique("customer"), Orders.Unique("correlation"));
        await OrderAsync(customer, correlation);

        await Eventually.HoldsAsync(
            async () =>
            {
                using var answer = await fixture.Shop.Http.GetAsync(new Uri($"api/marketing/profiles/{customer}", UriKind.Relative));
                return answer.IsSuccessStatusCode && (await answer.Content.ReadFromJsonAsync<JsonElement>()) is var profile
                    && profile.GetProperty("orders").GetInt32() == 1
                    && profile.GetProperty("spent").EnumerateArray().Select(s => s.GetProperty("amount").GetDecimal()).SequenceEqual([12.50m]);
            },
            "marketing knows the order and that it is paid");
        await fixture.Shop.QuietAsync();
        var events = (await fixture.Shop.Store.EventsAsync()).Where(e => e.CorrelationId == correlation).Select(e => Guid.Parse(e.EventId)).Order().ToList();
        Assert.NotEmpty(events);

        // The trail has subscriptions of its own, which quiet does not wait for.
        await Eventually.HoldsAsync(
            async () => (await AuditedAsync(correlation)).Order().SequenceEqual(events), "the audit trail has every event once");
    }

    /// <summary>The events of a transaction in the audit trail, on all its pages: one may hold fewer than it could, and go on.</summary>
    private async Task<List<Guid>> AuditedAsync(string correlation)
    {
        var audited = new List<Guid>();
        var next = string.Empty;
        do
        {
            var page = await fixture.Shop.Http.GetFromJsonAsync<JsonElement>($"api/admin/audit?correlation={correlation}&pageSize=200{next}");
            audited.AddRange(page.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("eventId").GetGuid()));
            next = page.TryGetProperty("continuation", out var continuation) ? $"&continuation={continuation.GetString()}" : null;
        }
        while (next is not null);
        return audited;
    }

    private static bool IsOf(JsonElement delivery, IReadOnlyList<OutsidersPost> posts) =>
        posts.Any(p => p.EventId == delivery.GetProperty("eventId").GetString());

    private async Task<string> OrderAsync(string customer, string? correlation = null)
    {
        var product = Orders.Unique("cup");
        await fixture.Shop.StockUpAsync(product, 5);
        var placed = (await fixture.Shop.Client.PlaceAsync(Orders.Of(product, customer), null, correlation, CancellationToken.None)).Expect("Placing the order");
        Assert.Equal("Delivered", (await fixture.Shop.SettleAsync(placed.OrderId)).Status);
        return placed.OrderId;
    }
}
