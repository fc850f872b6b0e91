using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.Inventory.Api;
using EventFunctions.Inventory.Views;
using EventFunctions.Tests.Catalog;
using EventFunctions.Tests.Http;

namespace EventFunctions.Tests.Inventory;

public sealed class StockListTests : IAsyncDisposable
{
    private readonly CatalogWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Stock_is_listed_by_product_page_by_page()
    {
        foreach (var (product, quantity) in new[] { ("pear", 5), ("apple", 7), ("plum", 1) })
        {
            await StockAsync(product, quantity, threshold: 0);
        }

        var first = await ListAsync("?pageSize=2");
        var second = await ListAsync($"?pageSize=2&continuation={first.Json.GetProperty("continuation").GetString()}");

        Assert.Equal(["apple 7", "pear 5"], Levels(first));
        Assert.Equal(["plum 1"], Levels(second));
        Assert.False(second.Json.TryGetProperty("continuation", out _));
    }

    [Fact]
    public async Task Low_stock_is_listed_with_the_fewest_pieces_first_until_it_has_recovered()
    {
        await StockAsync("apple", 3, threshold: 5);
        await StockAsync("pear", 5, threshold: 5);
        await StockAsync("plum", 1, threshold: 2);
        await StockAsync("kiwi", 1, threshold: 0);

        var low = await LowAsync();
        await StockAsync("plum", 1, threshold: 2);
        var recovered = await LowAsync();

        Assert.Equal(["plum 1", "apple 3"], Levels(low));
        Assert.All(low.Json.GetProperty("items").EnumerateArray(), i => Assert.True(i.GetProperty("isLow").GetBoolean()));
        Assert.Equal(["apple 3"], Levels(recovered));
    }

    [Fact]
    public async Task Where_nothing_was_stocked_the_lists_are_empty_and_a_page_that_cannot_be_is_400()
    {
        Assert.Empty(Levels(await ListAsync("")));
        Assert.Empty(Levels(await LowAsync()));
        Assert.Equal(400, (await ListAsync("?pageSize=0")).Response.StatusCode);
        Assert.Equal(400, (await LowAsync("?continuation=nonsense")).Response.StatusCode);
    }

    private static IEnumerable<string> Levels(HttpCall call)
    {
        Assert.Equal(200, call.Response.StatusCode);
        return call.Json.GetProperty("items").EnumerateArray().Select(i => $"{i.GetProperty("productId").GetString()} {i.GetProperty("available").GetInt32()}");
    }

    private Task<HttpCall> ListAsync(string query) =>
        _world.CallAsync<ListStockEndpoint>((e, r) => e.RunAsync(r, CancellationToken.None), query: query);

    private Task<HttpCall> LowAsync(string query = "") =>
        _world.CallAsync<ListLowStockEndpoint>((e, r) => e.RunAsync(r, CancellationToken.None), query: query);

    /// <summary>Pieces come in, and every event of the product reaches the view.</summary>
    private async Task StockAsync(string product, int quantity, int threshold)
    {
        var id = new ProductId(product);
        await _world.Get<IAggregateRepository<StockItem, StockItemEvent>>().ExecuteAsync(
            StockItem.StreamOf(id),
            new CommandContext(new EventMetadata(Guid.NewGuid(), "corr-1")),
            item => StockItemDecider.Decide(item, new Replenish(id, new Quantity(quantity), threshold), DateTimeOffset.UnixEpoch));
        await foreach (var envelope in _world.Get<IEventStore>().ReadAsync(StockItem.StreamOf(id), 1))
        {
            await _world.Get<LiveProjections>().HandleAsync(StockViewProjection.Kind, envelope);
        }
    }
}
