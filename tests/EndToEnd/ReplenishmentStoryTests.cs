using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Local.Host.Demo;
using EventFunctions.Tests.Support;

namespace EventFunctions.EndToEnd.Tests;

/// <summary>Low stock, from the alert to the supplier's delivery or to an operator's word, over HTTP and the bus.</summary>
[Collection(SharedRuntime.Name)]
public sealed class ReplenishmentStoryTests(RuntimeFixture fixture)
{
    [Fact]
    public async Task The_demos_story_of_low_stock_comes_out_as_it_must()
    {
        var story = Assert.Single(DemoRun.Stories, story => story.Letter == "r");
        var run = new DemoRun(fixture.Shop.Runtime.AppAddress, fixture.Shop.Runtime.SandboxAddress, Eventually.DefaultDeadline);

        var result = await run.PlayAsync(story, progress: null, CancellationToken.None);

        Assert.True(result.Passed, string.Join("; ", result.Checks.Where(check => !check.Passed)));
        Assert.Equal(5, result.Checks.Count);
    }

    [Fact]
    public async Task A_product_that_the_supplier_has_no_longer_is_seen_by_operators_who_bring_it_in_themselves()
    {
        var shop = fixture.Shop;
        var product = Orders.Unique("discontinued");
        (await shop.Client.ReplenishAsync(product, 1, CancellationToken.None, lowStockThreshold: 5)).Expect("Stocking");
        await Eventually.HoldsAsync(async () => (await LowAsync(shop)).Contains(product), "the low stock is listed");
        var escalated = await Eventually.FindsAsync(async () => await FindAsync(shop, product), "the replenishment is escalated");

        using var confirmed = await shop.Http.PostAsJsonAsync($"api/admin/replenishments/{escalated}/confirm", new { quantity = 9 });
        await Eventually.HoldsAsync(
            async () => (await shop.Client.FindStockAsync(product, CancellationToken.None))?.OnHand == 10, "the pieces are on stock");

        Assert.Equal(HttpStatusCode.Accepted, confirmed.StatusCode);
        await Eventually.HoldsAsync(
            async () => (await shop.Http.GetFromJsonAsync<JsonElement>($"api/admin/replenishments/{escalated}")).GetProperty("state").GetString() == "Replenished",
            "the replenishment has ended");
        Assert.DoesNotContain(product, await LowAsync(shop));
        Assert.Null(await FindAsync(shop, product));
        Assert.Equal(
            ["stock-replenished", "low-stock-alerted", "stock-replenished"], (await shop.Store.StreamAsync($"inventory-{product}")).Select(e => e.Type));
    }

    private static async Task<IReadOnlyList<string?>> LowAsync(RunningShop shop) =>
        [.. (await ItemsAsync(shop, "api/stock/low?pageSize=100")).Select(i => i.GetProperty("productId").GetString())];

    private static async Task<string?> FindAsync(RunningShop shop, string product) => (await ItemsAsync(shop, "api/admin/replenishments?pageSize=100"))
        .Where(i => i.GetProperty("productId").GetString() == product && i.GetProperty("state").GetString() == "Escalated")
        .Select(i => i.GetProperty("replenishmentId").GetString())
        .SingleOrDefault();

    private static async Task<IEnumerable<JsonElement>> ItemsAsync(RunningShop shop, string address) =>
        (await shop.Http.GetFromJsonAsync<JsonElement>(address)).GetProperty("items").EnumerateArray();
}
