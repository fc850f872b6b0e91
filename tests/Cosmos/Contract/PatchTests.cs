using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Cosmos.Tests.Contract;

[Collection(CosmosCollection.Name)]
public class PatchTests(CosmosFixture cosmos)
{
    private static readonly PartitionKey A = new("a");

    [Fact]
    public async Task All_operations_change_the_item_in_their_order()
    {
        var container = await WithItemAsync();
        var patched = await container.PatchItemAsync<JsonElement>("1", A,
        [
            PatchOperation.Set("/name", "new"),
            PatchOperation.Add("/tags/0", "first"),
            PatchOperation.Add("/tags/-", "last"),
            PatchOperation.Replace("/inner/x", 2),
            PatchOperation.Remove("/gone"),
            PatchOperation.Increment("/count", 5),
            PatchOperation.Increment("/fresh", 1.5),
            PatchOperation.Move("/inner/y", "/moved"),
        ]);
        Assert.Equal(HttpStatusCode.OK, patched.StatusCode);
        Assert.Equal("""{"id":"1","pk":"a","name":"new","tags":["first","a","b","last"],"inner":{"x":2},"count":15,"fresh":1.5,"moved":[true]}""", WithoutSystem(patched.Resource));
        Assert.Equal(WithoutSystem(patched.Resource), WithoutSystem((await container.ReadItemAsync<JsonElement>("1", A)).Resource));
    }

    [Fact]
    public async Task A_step_that_cannot_be_done_undoes_the_whole_patch()
    {
        var container = await WithItemAsync();
        PatchOperation[] impossible =
        [
            PatchOperation.Replace("/nothing", 1), PatchOperation.Remove("/nothing"), PatchOperation.Increment("/name", 1),
            PatchOperation.Set("/nothing/below", 1), PatchOperation.Add("/tags/9", "x"), PatchOperation.Move("/nothing", "/x"),
            PatchOperation.Set("/id", "2"), PatchOperation.Set("/_ts", 2), PatchOperation.Set("/pk", "b"),
        ];
        foreach (var step in impossible)
        {
            var before = await container.ReadItemAsync<JsonElement>("1", A);
            var refused = await Assert.ThrowsAsync<CosmosException>(() => container.PatchItemAsync<JsonElement>("1", A, [PatchOperation.Set("/name", "half"), step]));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Equal(before.ETag, (await container.ReadItemAsync<JsonElement>("1", A)).ETag);
        }
    }

    [Theory]
    [InlineData("from c where c.count = 10", HttpStatusCode.OK)]
    [InlineData("FROM c WHERE c.count > 3 AND STARTSWITH(c.name, 'o')", HttpStatusCode.OK)]
    [InlineData("from c where c.count = 11", HttpStatusCode.PreconditionFailed)]
    [InlineData("from c where c.nothing = 1", HttpStatusCode.PreconditionFailed)]
    [InlineData("from c where d.count = 1", HttpStatusCode.BadRequest)]
    [InlineData("where c.count", HttpStatusCode.BadRequest)]
    public async Task A_condition_decides_whether_the_patch_is_done(string condition, HttpStatusCode status)
    {
        var container = await WithItemAsync();
        using var response = await container.PatchItemStreamAsync("1", A, [PatchOperation.Set("/name", "new")], new PatchItemRequestOptions { FilterPredicate = condition });
        Assert.Equal(status, response.StatusCode);
        var name = (await container.ReadItemAsync<JsonElement>("1", A)).Resource.GetProperty("name").GetString();
        Assert.Equal(status == HttpStatusCode.OK ? "new" : "old", name);
    }

    [Fact]
    public async Task More_than_ten_steps_are_refused()
    {
        var container = await WithItemAsync();
        var steps = Enumerable.Range(0, 11).Select(i => PatchOperation.Set($"/p{i}", i)).ToList();
        await ItemTests.AssertFailsAsync(HttpStatusCode.BadRequest, 0, () => container.PatchItemAsync<JsonElement>("1", A, steps));
        Assert.Equal(10, (await container.PatchItemAsync<JsonElement>("1", A, steps[..10])).Resource.EnumerateObject().Count(p => p.Name.StartsWith('p') && p.Name != "pk"));
    }

    [Fact]
    public async Task Concurrent_increments_all_count()
    {
        var container = await WithItemAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => container.PatchItemAsync<JsonElement>("1", A, [PatchOperation.Increment("/count", 1)])));
        Assert.Equal(60, (await container.ReadItemAsync<JsonElement>("1", A)).Resource.GetProperty("count").GetInt32());
    }

    private async Task<Container> WithItemAsync()
    {
        var container = await cosmos.NewContainerAsync();
        using var body = new MemoryStream("""{"id":"1","pk":"a","name":"old","tags":["a","b"],"inner":{"x":1,"y":[true]},"gone":1,"count":10}"""u8.ToArray());
        using var created = await container.CreateItemStreamAsync(body, A);
        Assert.True(created.IsSuccessStatusCode);
        return container;
    }

    private static string WithoutSystem(JsonElement item) =>
        "{" + string.Join(',', item.EnumerateObject().Where(p => !p.Name.StartsWith('_')).Select(p => $"\"{p.Name}\":{p.Value.GetRawText()}")) + "}";
}
