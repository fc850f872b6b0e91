using System.Text.Json;
using EventFunctions.Catalog.Api;
using EventFunctions.Tests.Http;

namespace EventFunctions.Tests.Catalog;

public sealed class SearchProductsTests : IAsyncDisposable
{
    private readonly CatalogWorld _world = new();
    private Task? _filled;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData("", "bowl kettle cup teapot")]
    [InlineData("?order=asc", "teapot cup kettle bowl")]
    [InlineData("?text=BLUE", "cup teapot")]
    [InlineData("?text=tea", "kettle teapot")]
    [InlineData("?text=blue%20TEAPOT", "teapot")]
    [InlineData("?text=tea%20%20time", "kettle")]
    [InlineData("?text=%C3%A4%20fine", "cup")]
    [InlineData("?text=ket", "kettle")]
    [InlineData("?text=SKU-BOWL", "bowl")]
    [InlineData("?text=sku-b", "bowl")]
    [InlineData("?text=nothing", "")]
    [InlineData("?text=%25", "")]
    [InlineData("?category=tea", "cup teapot")]
    [InlineData("?category=tea&text=blue&currency=EUR&maxPrice=10", "cup")]
    [InlineData("?category=none", "")]
    [InlineData("?status=active&category=tea", "cup teapot")]
    [InlineData("?status=draft", "draft")]
    [InlineData("?status=inactive", "paused")]
    [InlineData("?status=any&text=blue", "paused draft cup teapot")]
    [InlineData("?currency=USD", "kettle")]
    [InlineData("?currency=EUR&minPrice=7.25&maxPrice=7.25", "bowl cup")]
    [InlineData("?currency=EUR&minPrice=7.26", "teapot")]
    [InlineData("?currency=EUR&maxPrice=0", "")]
    [InlineData("?sort=name", "teapot bowl cup kettle")]
    [InlineData("?sort=name&order=desc", "kettle cup bowl teapot")]
    [InlineData("?sort=price&currency=EUR&minPrice=7.26", "teapot")]
    [InlineData("?sort=newest", "bowl kettle cup teapot")]
    public async Task Products_are_found_by_what_is_asked_and_in_that_order(string query, string found) =>
        Assert.Equal(found, string.Join(' ', (await SearchAsync(query)).Select(p => p.GetProperty("productId").GetString())));

    [Fact]
    public async Task Products_are_sorted_by_price_in_one_currency()
    {
        string?[] rising = [.. (await SearchAsync("?sort=price&currency=EUR")).Select(p => p.GetProperty("productId").GetString())];
        string?[] falling = [.. (await SearchAsync("?sort=price&currency=EUR&order=desc")).Select(p => p.GetProperty("productId").GetString())];

        Assert.Equal(["bowl", "cup"], rising[..2].Order());
        Assert.Equal(("teapot", "teapot", 3, 3), (rising[2], falling[0], rising.Length, falling.Length));
    }

    [Fact]
    public async Task A_search_comes_in_pages_and_shows_products_whole()
    {
        var seen = new List<JsonElement>();
        string? continuation = null;
        do
        {
            var page = await AnswerAsync($"?status=any&sort=name&pageSize=2{(continuation is null ? "" : $"&continuation={continuation}")}");
            Assert.Equal(200, page.Response.StatusCode);
            seen.AddRange(page.Json.GetProperty("items").EnumerateArray());
            continuation = page.Json.TryGetProperty("continuation", out var next) ? next.GetString() : null;
        }
        while (continuation is not null);

        Assert.Equal(["draft", "paused", "teapot", "bowl", "cup", "kettle"], seen.Select(p => p.GetProperty("productId").GetString()));
        Assert.Equal(
            """{"productId":"bowl","sku":"SKU-BOWL","name":"Bowl","description":"","category":"kitchen","price":{"amount":7.25,"currency":"EUR"},"status":"Active","version":2}""",
            seen[3].GetRawText());
    }

    [Theory]
    [InlineData("?pageSize=0", "pageSize")]
    [InlineData("?pageSize=101", "pageSize")]
    [InlineData("?continuation=nonsense", "continuation")]
    [InlineData("?sort=size", "sort")]
    [InlineData("?order=up", "order")]
    [InlineData("?status=deleted", "status")]
    [InlineData("?category=Tea", "category")]
    [InlineData("?currency=XXX", "currency")]
    [InlineData("?minPrice=1", "currency")]
    [InlineData("?maxPrice=1", "currency")]
    [InlineData("?sort=price", "currency")]
    [InlineData("?currency=EUR&minPrice=-1", "minPrice")]
    [InlineData("?currency=EUR&maxPrice=1.2345", "maxPrice")]
    [InlineData("?currency=EUR&maxPrice=1e3", "maxPrice")]
    [InlineData("?currency=EUR&maxPrice=9999999999999", "maxPrice")]
    [InlineData("?text=a%20b%20c%20d%20e%20f%20g%20h%20i", "text")]
    public async Task A_search_that_cannot_be_is_400_and_names_the_parameter(string query, string field)
    {
        var call = await AnswerAsync(query);

        Assert.Equal(400, call.Response.StatusCode);
        Assert.Equal(field, Assert.Single(call.Json.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_long_text_is_400() => Assert.Equal(400, (await AnswerAsync($"?text={new string('x', 101)}")).Response.StatusCode);

    private async Task<IReadOnlyList<JsonElement>> SearchAsync(string query)
    {
        var call = await AnswerAsync(query);
        Assert.Equal(200, call.Response.StatusCode);
        return [.. call.Json.GetProperty("items").EnumerateArray()];
    }

    private async Task<HttpCall> AnswerAsync(string query)
    {
        await (_filled ??= FillAsync());
        return await _world.CallAsync<SearchProductsEndpoint>((e, r) => e.RunAsync(r, CancellationToken.None), query: query);
    }

    private async Task FillAsync()
    {
        await OfferAsync("teapot", "Blue Teapot", "Holds a litre of tea.", "tea", 24.50m, "EUR");
        await OfferAsync("cup", "cup, blue", "Ä fine cup.", "tea", 7.25m, "EUR");
        await OfferAsync("kettle", "Kettle", "Boils water for tea in no time.", "kitchen", 39.90m, "USD");
        await OfferAsync("bowl", "Bowl", "", "kitchen", 7.25m, "EUR");
        await OfferAsync("draft", "Blue draft", "", "tea", 1m, "EUR", isSold: false);
        await OfferAsync("paused", "Blue pause", "", "tea", 2m, "EUR");
        await SendAsync<DeactivateProductEndpoint>("paused", (e, r, id) => e.RunAsync(r, id, CancellationToken.None));
        await OfferAsync("gone", "Blue and gone", "", "tea", 3m, "EUR");
        await SendAsync<DeactivateProductEndpoint>("gone", (e, r, id) => e.RunAsync(r, id, CancellationToken.None));
        await SendAsync<DeleteProductEndpoint>("gone", (e, r, id) => e.RunAsync(r, id, CancellationToken.None));
    }

    private async Task OfferAsync(string id, string name, string description, string category, decimal price, string currency, bool isSold = true)
    {
        var body = JsonSerializer.Serialize(new
        {
            productId = id,
            sku = $"SKU-{id.ToUpperInvariant()}",
            name,
            description,
            category,
            price = new { amount = price, currency },
        });
        var created = await _world.CallAsync<CreateProductEndpoint>((e, r) => e.RunAsync(r, CancellationToken.None), body);
        Assert.Equal(201, created.Response.StatusCode);
        if (isSold)
        {
            await SendAsync<ActivateProductEndpoint>(id, (e, r, product) => e.RunAsync(r, product, CancellationToken.None));
        }

        await _world.ShowAsync(id);
    }

    private async Task SendAsync<TEndpoint>(
        string id, Func<TEndpoint, Microsoft.AspNetCore.Http.HttpRequest, string, Task<Microsoft.AspNetCore.Http.IResult>> run)
        where TEndpoint : class
    {
        var call = await _world.CallAsync<TEndpoint>((e, r) => run(e, r, id));
        Assert.InRange(call.Response.StatusCode, 200, 204);
        await _world.ShowAsync(id);
    }
}
