using System.Text.Json;
using EventFunctions.Local.Host.Demo.Shop;
using EventFunctions.Tests.Support;

namespace EventFunctions.EndToEnd.Tests.Running;

/// <summary>Orders that tests place.</summary>
internal static class Orders
{
    private const decimal Price = 12.50m;

    /// <summary>An order of one product that nothing is wrong with.</summary>
    public static OrderRequest Of(string productId, string customerId, string token = "tok_ok", int quantity = 1, string postalCode = "10115") =>
        new(customerId, "EUR", token, Recipient.At(postalCode), [new OrderLine(productId, quantity, Price)]);

    /// <summary>Puts a product on sale, at the price that orders of tests are placed at, and on stock.</summary>
    public static async Task StockUpAsync(this RunningShop shop, string productId, int quantity)
    {
        (await shop.Client.OfferAsync(productId, Price, "EUR", CancellationToken.None)).Expect("Offering the product");
        (await shop.Client.ReplenishAsync(productId, quantity, CancellationToken.None)).Expect("Stocking the product");
    }

    /// <summary>A name nobody else uses.</summary>
    public static string Unique(string what) => $"{what}-{Guid.NewGuid():N}";

    /// <summary>Places an order and waits until nothing more will happen to it.</summary>
    public static async Task<OrderView> PlaceAndSettleAsync(this RunningShop shop, OrderRequest order)
    {
        var placed = (await shop.Client.PlaceAsync(order, null, null, CancellationToken.None)).Expect("Placing the order");
        return await shop.SettleAsync(placed.OrderId);
    }

    /// <summary>Waits until nothing more will happen to an order.</summary>
    public static Task<OrderView> SettleAsync(this RunningShop shop, string orderId) => Eventually.FindsAsync(
        async () => await shop.Client.FindOrderAsync(orderId, CancellationToken.None) is { IsSettled: true } view ? view : null,
        $"order {orderId} is settled");

    /// <summary>Waits for a moment at which every event in the store has reached its views, and returns what was there then.</summary>
    public static Task<QuietMoment> QuietAsync(this RunningShop shop) => Eventually.FindsAsync(
        async () =>
        {
            var before = await shop.Store.EventsAsync();
            var entries = await shop.Store.ViewsAsync("order-timeline");
            var isQuiet = entries.Count == before.Count(stored => stored.ConcernsAnOrder)
                && await shop.Store.CountRelayedAsync() >= before.Count
                && Subscriptions.PendingOf(shop.Runtime) == 0;

            // Parcels that are still under way may have added events while the views were read.
            return isQuiet && (await shop.Store.EventsAsync()).Count == before.Count ? new QuietMoment(before, entries) : null;
        },
        "every event has reached its views");
}

/// <summary>What is in the store at a moment when nothing is on its way.</summary>
/// <param name="Events">Every event.</param>
/// <param name="Entries">Every entry of the orders' timelines.</param>
internal sealed record QuietMoment(IReadOnlyList<StoredEvent> Events, IReadOnlyList<JsonElement> Entries)
{
    /// <summary>Fails unless each event that concerns an order has just one entry, and each entry such an event.</summary>
    public void AssertOneEntryPerEvent() => Assert.Equal(
        Events.Where(stored => stored.ConcernsAnOrder).Select(stored => Guid.Parse(stored.EventId)).Order(),
        Entries.Select(entry => Guid.Parse(entry.GetProperty("id").GetString()!)).Order());
}
