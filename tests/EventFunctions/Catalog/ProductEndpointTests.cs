using EventFunctions.Catalog.Api;
using EventFunctions.Http;
using EventFunctions.Tests.Http;

namespace EventFunctions.Tests.Catalog;

public sealed class ProductEndpointTests : IAsyncDisposable
{
    private const string Mug = """
        {"productId":"mug","sku":"MUG-1","name":"Blue mug","description":"A mug.","category":"cups","price":{"amount":12.5,"currency":"EUR"}}
        """;

    private const string Shown = """
        {"productId":"mug","sku":"MUG-1","name":"Blue mug","description":"A mug.","category":"cups","price":{"amount":12.50,"currency":"EUR"},"status":"STATUS","version":VERSION}
        """;

    private readonly CatalogWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_product_is_created_as_a_draft_and_answered_with_its_place()
    {
        var call = await CreateAsync(Mug);

        Assert.Equal(
            (201, "/api/products/mug", "\"1\""),
            (call.Response.StatusCode, call.Response.Headers.Location.ToString(), call.Response.Headers.ETag.ToString()));
        Assert.Equal(ShownAs("Draft", 1), call.Json.GetRawText());
    }

    [Fact]
    public async Task The_same_product_under_one_key_is_created_once_and_another_under_it_is_refused()
    {
        var first = await CreateAsync(Mug, (IdempotencyKey.Header, "key-1"));
        var again = await CreateAsync(Mug, (IdempotencyKey.Header, "key-1"));
        var other = await CreateAsync(Mug.Replace("Blue", "Red", StringComparison.Ordinal), (IdempotencyKey.Header, "key-1"));
        var same = await CreateAsync(Mug);
        var different = await CreateAsync(Mug.Replace("Blue", "Red", StringComparison.Ordinal));

        Assert.Equal((201, first.Json.GetRawText()), (again.Response.StatusCode, again.Json.GetRawText()));
        Assert.Equal((422, "idempotency-key-reused"), Problem(other));
        Assert.Equal(201, same.Response.StatusCode);
        Assert.Equal((422, "product-already-created"), Problem(different));
        Assert.Single(await _world.EventsAsync("mug"));
    }

    [Fact]
    public async Task Everything_wrong_with_a_product_is_told_at_once()
    {
        var call = await CreateAsync("""
            {"productId":"a b","sku":"mug","name":" ","description":"\u0000","category":"Cups","price":{"amount":0,"currency":"EUR"}}
            """);
        var fine = await CreateAsync("""{"productId":"p","sku":"P","name":"P","category":"p","price":{"amount":1.001,"currency":"EUR"}}""");
        var empty = await CreateAsync("{}");

        Assert.Equal(["productId", "sku", "name", "description", "category", "price.amount"], Errors(call));
        Assert.Equal(["price.amount"], Errors(fine));
        Assert.Equal(["productId", "sku", "name", "category", "price"], Errors(empty));
        Assert.Equal(["name", "category", "price"], Errors(await UpdateAsync("p", "{}")));
    }

    [Fact]
    public async Task An_update_is_for_the_version_that_was_seen()
    {
        await CreateAsync(Mug);
        const string Red = """{"name":"Red mug","category":"cups","price":{"amount":13,"currency":"EUR"}}""";

        var stale = await UpdateAsync("mug", Red, ("If-Match", "\"2\""));
        var updated = await UpdateAsync("mug", Red, ("If-Match", "\"1\""));

        Assert.Equal((412, "stale-version"), Problem(stale));
        Assert.Equal((200, "\"2\""), (updated.Response.StatusCode, updated.Response.Headers.ETag.ToString()));
        Assert.Equal(("Red mug", "", "MUG-1"), (Text(updated, "name"), Text(updated, "description"), Text(updated, "sku")));
        Assert.Equal(["product-created", "product-updated"], (await _world.EventsAsync("mug")).Select(e => e.Type));
    }

    [Fact]
    public async Task A_product_is_sold_paused_and_given_up_in_that_order()
    {
        await CreateAsync(Mug);

        var neverSold = await DeactivateAsync("mug");
        var sold = await ActivateAsync("mug");
        var stillSold = await DeleteAsync("mug");
        var paused = await DeactivateAsync("mug");
        var staleDelete = await DeleteAsync("mug", ("If-Match", "\"1\""));
        var deleted = await DeleteAsync("mug", ("If-Match", "\"3\""));
        var again = await DeleteAsync("mug");

        Assert.Equal((422, "product-never-active"), Problem(neverSold));
        Assert.Equal(ShownAs("Active", 2), sold.Json.GetRawText());
        Assert.Equal((422, "product-still-active"), Problem(stillSold));
        Assert.Equal(ShownAs("Inactive", 3), paused.Json.GetRawText());
        Assert.Equal((412, "stale-version"), Problem(staleDelete));
        Assert.Equal((204, 204), (deleted.Response.StatusCode, again.Response.StatusCode));
        Assert.Equal((404, "product-deleted"), Problem(await ActivateAsync("mug")));
        Assert.Equal((422, "product-deleted"), Problem(await CreateAsync(Mug)));
        Assert.Equal(
            ["product-created", "product-activated", "product-deactivated", "product-deleted"], (await _world.EventsAsync("mug")).Select(e => e.Type));
    }

    [Fact]
    public async Task What_there_is_not_is_404()
    {
        Assert.Equal((404, "product-not-found"), Problem(await UpdateAsync("cup", """{"name":"C","category":"c","price":{"amount":1,"currency":"EUR"}}""")));
        Assert.Equal((404, "product-not-found"), Problem(await ActivateAsync("cup")));
        Assert.Equal((404, "product-not-found"), Problem(await DeactivateAsync("cup")));
        Assert.Equal((404, "product-not-found"), Problem(await DeleteAsync("cup")));
        Assert.Equal((404, "product-not-found"), Problem(await GetAsync("cup")));
        Assert.Equal((404, "product-not-found"), Problem(await GetAsync("no id")));
    }

    [Fact]
    public async Task A_product_is_shown_once_its_events_arrived_until_it_is_deleted()
    {
        await CreateAsync(Mug);
        var early = await GetAsync("mug");
        await _world.ShowAsync("mug");
        var draft = await GetAsync("mug");
        await ActivateAsync("mug");
        await _world.ShowAsync("mug");
        var sold = await GetAsync("mug");
        await DeactivateAsync("mug");
        await DeleteAsync("mug");
        await _world.ShowAsync("mug");

        Assert.Equal(404, early.Response.StatusCode);
        Assert.Equal(ShownAs("Draft", 1), draft.Json.GetRawText());
        Assert.Equal((ShownAs("Active", 2), "\"2\""), (sold.Json.GetRawText(), sold.Response.Headers.ETag.ToString()));
        Assert.Equal((404, "product-not-found"), Problem(await GetAsync("mug")));
    }

    private static string ShownAs(string status, int version) => Shown
        .Replace("STATUS", status, StringComparison.Ordinal)
        .Replace("VERSION", version.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static (int, string?) Problem(HttpCall call) => (call.Response.StatusCode, Text(call, "code"));

    private static string? Text(HttpCall call, string name) => call.Json.GetProperty(name).GetString();

    private static IEnumerable<string> Errors(HttpCall call)
    {
        Assert.Equal(400, call.Response.StatusCode);
        return call.Json.GetProperty("errors").EnumerateObject().Select(e => e.Name);
    }

    private Task<HttpCall> CreateAsync(string body, params (string, string)[] headers) =>
        _world.CallAsync<CreateProductEndpoint>((e, r) => e.RunAsync(r, CancellationToken.None), body, headers: headers);

    private Task<HttpCall> UpdateAsync(string id, string body, params (string, string)[] headers) =>
        _world.CallAsync<UpdateProductEndpoint>((e, r) => e.RunAsync(r, id, CancellationToken.None), body, headers: headers);

    private Task<HttpCall> ActivateAsync(string id) => _world.CallAsync<ActivateProductEndpoint>((e, r) => e.RunAsync(r, id, CancellationToken.None));

    private Task<HttpCall> DeactivateAsync(string id) => _world.CallAsync<DeactivateProductEndpoint>((e, r) => e.RunAsync(r, id, CancellationToken.None));

    private Task<HttpCall> DeleteAsync(string id, params (string, string)[] headers) =>
        _world.CallAsync<DeleteProductEndpoint>((e, r) => e.RunAsync(r, id, CancellationToken.None), headers: headers);

    private Task<HttpCall> GetAsync(string id) => _world.CallAsync<GetProductEndpoint>((e, r) => e.RunAsync(r, id, CancellationToken.None));
}
