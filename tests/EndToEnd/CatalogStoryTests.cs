using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Local.Host.Demo.Shop;
using EventFunctions.Tests.Support;

namespace EventFunctions.EndToEnd.Tests;

/// <summary>What is sold, and for how much, decides over orders.</summary>
[Collection(SharedRuntime.Name)]
public sealed class CatalogStoryTests(RuntimeFixture fixture)
{
    [Fact]
    public async Task A_product_is_found_once_it_is_sold_and_not_any_more_when_it_is_paused()
    {
        var shop = fixture.Shop;
        var product = Orders.Unique("samovar");
        (await shop.Client.OfferAsync(product, 12.50m, "EUR", CancellationToken.None)).Expect("Offering");

        await Eventually.HoldsAsync(async () => await IsFoundAsync(shop, product), "the product is found");
        using var paused = await shop.Http.PostAsync(new Uri($"api/products/{product}/deactivate", UriKind.Relative), content: null);

        await Eventually.HoldsAsync(async () => !await IsFoundAsync(shop, product), "the product is not found any more");
        Assert.True(paused.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Orders_of_what_is_not_sold_and_at_another_price_are_cancelled_and_touch_neither_stock_nor_money()
    {
        var shop = fixture.Shop;
        var product = Orders.Unique("tray");
        await shop.StockUpAsync(product, 5);
        var order = Orders.Of(product, Orders.Unique("customer"));
        var cheap = order with { Lines = [new OrderLine(product, 1, 12.49m)] };
        var unknown = Orders.Of(Orders.Unique("nothing"), Orders.Unique("customer"));

        var cancelled = await shop.PlaceAndSettleAsync(cheap);
        var notSold = await shop.PlaceAndSettleAsync(unknown);

        Assert.Equal(("Cancelled", "price-changed"), (cancelled.Status, cancelled.Cancellation?.Code));
        Assert.Equal(("Cancelled", "product-not-offered"), (notSold.Status, notSold.Cancellation?.Code));
        Assert.Equal(["stock-replenished"], (await shop.Store.StreamAsync($"inventory-{product}")).Select(e => e.Type));
        Assert.Empty(await shop.Store.StreamAsync($"payments-{cancelled.OrderId}"));
    }

    private static async Task<bool> IsFoundAsync(RunningShop shop, string product)
    {
        var page = await shop.Http.GetFromJsonAsync<JsonElement>($"api/products?text={product}&sort=price&currency=EUR&maxPrice=12.5");
        return page.GetProperty("items").EnumerateArray().Any(i => i.GetProperty("productId").GetString() == product);
    }
}
