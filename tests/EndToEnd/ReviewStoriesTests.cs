using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Local.Host;
using EventFunctions.Tests.Support;

namespace EventFunctions.EndToEnd.Tests;

/// <summary>Large orders, from the placing to the reviewer's desk and on, through the running app.</summary>
public sealed class ReviewStoriesTests : IAsyncLifetime
{
    private RunningShop? _shop;

    private RunningShop Shop => _shop ?? throw new InvalidOperationException("The test was not started.");

    public async Task InitializeAsync() => _shop = await RunningShop.StartAsync(
        new LocalRuntimeOptions { Settings = new Dictionary<string, string> { ["Ordering__ReviewAbove__EUR"] = "20" } });

    public async Task DisposeAsync() => await Shop.DisposeAsync();

    [Fact]
    public async Task Of_three_large_orders_one_is_approved_one_rejected_and_one_cancelled_by_its_customer_and_a_small_one_waits_for_nobody()
    {
        var product = Orders.Unique("piano");
        await Shop.StockUpAsync(product, 10);
        var small = await PlaceAsync(product, quantity: 1);
        var approved = await PlaceAsync(product, quantity: 2);
        var rejected = await PlaceAsync(product, quantity: 2);
        var cancelled = await PlaceAsync(product, quantity: 2);
        await Eventually.HoldsAsync(async () => (await WaitingAsync()).SequenceEqual([approved, rejected, cancelled]), "three orders wait, the oldest first");
        await Eventually.HoldsAsync(async () => (await SagasAsync("AwaitingReview")).Count == 3, "three sagas wait");

        await DecideAsync(approved, "approve", """{"reviewer":"eve"}""");
        await DecideAsync(rejected, "reject", """{"reviewer":"eve","reason":"No such street."}""");
        using var cancellation = await Shop.Http.PostAsJsonAsync($"api/orders/{cancelled}/cancel", new { reason = "Changed my mind." });
        Assert.True(cancellation.IsSuccessStatusCode);

        Assert.Equal("Delivered", (await Shop.SettleAsync(small)).Status);
        Assert.Equal("Delivered", (await Shop.SettleAsync(approved)).Status);
        Assert.Equal("Cancelled", (await Shop.SettleAsync(rejected)).Status);
        Assert.Equal("Cancelled", (await Shop.SettleAsync(cancelled)).Status);
        await Eventually.HoldsAsync(async () => (await WaitingAsync()).Count == 0, "nothing waits any more");
        Assert.Equal(
            ["order-placed", "order-approved", "order-confirmed", "order-paid", "order-shipped", "order-delivered"],
            (await Shop.Store.StreamAsync($"ordering-{approved}")).Select(e => e.Type));
        foreach (var order in new[] { rejected, cancelled })
        {
            Assert.Equal(["order-placed", "order-cancelled"], (await Shop.Store.StreamAsync($"ordering-{order}")).Select(e => e.Type));
            Assert.Empty(await Shop.Store.StreamAsync($"payments-{order}"));
        }

        var stock = (await Shop.Store.StreamAsync($"inventory-{product}")).Select(e => e.Type).ToList();
        Assert.Equal((2, 0, 2), (stock.Count(t => t == "stock-reserved"), stock.Count(t => t == "stock-released"), stock.Count(t => t == "stock-committed")));
    }

    private async Task<string> PlaceAsync(string product, int quantity) => (await Shop.Client.PlaceAsync(
        Orders.Of(product, Orders.Unique("customer"), quantity: quantity), null, null, CancellationToken.None)).Expect("Placing the order").OrderId;

    private async Task<IReadOnlyList<string>> WaitingAsync() => await IdsAsync("api/admin/reviews");

    private async Task<IReadOnlyList<string>> SagasAsync(string state) => await IdsAsync($"api/admin/sagas?state={state}");

    private async Task<IReadOnlyList<string>> IdsAsync(string address)
    {
        var page = await Shop.Http.GetFromJsonAsync<JsonElement>(address);
        return [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("orderId").GetString()!)];
    }

    private async Task DecideAsync(string order, string decision, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await Shop.Http.PostAsync(new Uri($"api/admin/reviews/{order}/{decision}", UriKind.Relative), content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
