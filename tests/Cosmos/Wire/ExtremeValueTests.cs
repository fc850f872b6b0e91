using System.Net;
using System.Text;
using EventFunctions.Local.Cosmos.Tests.Contract;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Cosmos.Tests.Wire;

/// <summary>Values at the edge of what JSON can say: each is answered, none is a fault of the endpoint.</summary>
[Collection(CosmosCollection.Name)]
public sealed class ExtremeValueTests(CosmosFixture cosmos)
{
    private static readonly (string, string) Key = ("x-ms-documentdb-partitionkey", "[\"a\"]");

    private Container _container = null!;

    private string Link => $"dbs/{_container.Database.Id}/colls/{_container.Id}";

    [Theory]
    [InlineData("SELECT VALUE MAX(c.n) FROM c")]
    [InlineData("SELECT VALUE MIN(c.n) FROM c")]
    [InlineData("SELECT VALUE SUM(c.n) FROM c")]
    [InlineData("SELECT VALUE TOSTRING(-c.n) FROM c")]
    [InlineData("SELECT * FROM c ORDER BY c.n")]
    [InlineData("SELECT * FROM c ORDER BY c.n DESC")]
    public async Task A_number_that_no_double_holds_can_be_queried(string query)
    {
        await WithItemsAsync("""{"id":"1","pk":"a","n":1e400}""", """{"id":"2","pk":"a","n":-1e400}""", """{"id":"3","pk":"a","n":7}""");
        var rows = await CountInPagesOfOneAsync(query);
        Assert.Equal(query.Contains("VALUE M", StringComparison.Ordinal) || query.Contains("SUM", StringComparison.Ordinal) ? 1 : 3, rows);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" DESC")]
    public async Task A_page_can_end_at_a_value_as_deep_as_an_item_may_be(string direction)
    {
        await WithItemsAsync([.. Enumerable.Range(0, 3).Select(i => $$"""{"id":"{{i}}","pk":"a","n":{{Nested(127, $"{i % 2}")}}}""")]);
        Assert.Equal(3, await CountInPagesOfOneAsync($"SELECT * FROM c ORDER BY c.n{direction}"));
    }

    [Theory]
    [InlineData("""[{"op":"incr","path":"/n","value":1},{"op":"incr","path":"/n","value":0.5}]""", 200, "\"n\":8.5")]
    [InlineData("""[{"op":"incr","path":"/fresh","value":1},{"op":"incr","path":"/fresh","value":0.5}]""", 200, "\"fresh\":1.5")]
    [InlineData("""[{"op":"set","path":"/n","value":1e308},{"op":"incr","path":"/n","value":1e308}]""", 400, "number")]
    [InlineData("""[{"op":"incr","path":"/n","value":1e400}]""", 400, "number")]
    [InlineData("""[{"op":"set","path":"/o","value":{"a":1,"a":2}},{"op":"set","path":"/o/b","value":1}]""", 400, "valid JSON")]
    public async Task A_patch_that_cannot_be_computed_is_refused_and_others_are_done(string operations, int status, string named)
    {
        await WithItemsAsync("""{"id":"1","pk":"a","n":7}""");
        using var response = await PatchAsync($$"""{"operations":{{operations}}}""");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(named, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_that_has_a_name_twice_can_be_read_but_not_patched()
    {
        await WithItemsAsync("""{"id":"1","pk":"a","twice":{"k":1,"k":2}}""");
        using var refused = await PatchAsync("""{"operations":[{"op":"set","path":"/twice/x","value":1}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("twice", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var read = await _container.ReadItemStreamAsync("1", new PartitionKey("a"));
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task A_patch_that_nests_an_item_too_deep_is_refused()
    {
        await WithItemsAsync($$"""{"id":"1","pk":"a","d":{{Nested(120, "{}")}}}""");
        var path = string.Concat(Enumerable.Repeat("/0", 120));
        using var response = await PatchAsync($$"""{"operations":[{"op":"set","path":"/d{{path}}/x","value":{{Nested(120, "1")}}}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_deepest_item_can_be_projected_into_a_deeper_one()
    {
        await WithItemsAsync($$"""{"id":"1","pk":"a","d":{{Nested(127, "1")}}}""");
        using var response = await PostAsync($$"""{"query":"SELECT VALUE {{Nested(100, "c")}} FROM c"}""", [("x-ms-documentdb-isquery", "True")]);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(Nested(127, "1"), await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_large_items_ends_before_it_is_too_large()
    {
        var text = new string('x', 1_500_000);
        await WithItemsAsync([.. Enumerable.Range(0, 6).Select(i => $$"""{"id":"{{i}}","pk":"a","t":"{{text}}"}""")]);
        var (items, continuation) = (0, "0");
        for (var pages = 0; continuation is not null; pages++)
        {
            Assert.InRange(pages, 0, 6);
            using var page = await RawRequest.SendAsync(cosmos.Endpoint, "GET", Link + "/docs", "docs", Link, null, [Key, ("x-ms-continuation", continuation)]);
            Assert.InRange(page.Content.Headers.ContentLength ?? 0, 0, 7_000_000);
            items += int.Parse(page.Headers.GetValues("x-ms-item-count").Single());
            continuation = page.Headers.TryGetValues("x-ms-continuation", out var values) ? values.Single() : null;
        }

        Assert.Equal(6, items);
    }

    [Fact]
    public async Task A_bulk_request_with_a_key_that_cannot_be_read_does_nothing()
    {
        await WithItemsAsync();
        var body = """[{"operationType":"Create","partitionKey":"[\"a\"]","resourceBody":{"id":"1","pk":"a"}},{"operationType":"Create","partitionKey":"{","resourceBody":{"id":"2","pk":"a"}}]""";
        using var refused = await RawRequest.SendAsync(
            cosmos.Endpoint, "POST", Link + "/docs", "docs", Link, Encoding.UTF8.GetBytes(body), [("x-ms-cosmos-is-batch-request", "True"), ("x-ms-cosmos-batch-atomic", "False")]);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var read = await _container.ReadItemStreamAsync("1", new PartitionKey("a"));
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    private async Task<int> CountInPagesOfOneAsync(string query)
    {
        var rows = 0;
        string? continuation = null;
        do
        {
            (string, string)[] resume = continuation is null ? [] : [("x-ms-continuation", continuation)];
            using var page = await PostAsync($$"""{"query":"{{query}}"}""", [("x-ms-documentdb-isquery", "True"), ("x-ms-max-item-count", "1"), .. resume]);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            rows += (await page.Content.ReadAsStringAsync()).EndsWith("\"_count\":1}", StringComparison.Ordinal) ? 1 : 0;
            continuation = page.Headers.TryGetValues("x-ms-continuation", out var values) ? values.Single() : null;
        }
        while (continuation is not null);
        return rows;
    }

    private static string Nested(int levels, string inner) => new string('[', levels) + inner + new string(']', levels);

    private async Task WithItemsAsync(params string[] items)
    {
        _container = await cosmos.NewContainerAsync();
        foreach (var item in items)
        {
            using var created = await PostAsync(item, []);
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        }
    }

    private Task<HttpResponseMessage> PostAsync(string body, (string, string)[] headers) =>
        RawRequest.SendAsync(cosmos.Endpoint, "POST", Link + "/docs", "docs", Link, Encoding.UTF8.GetBytes(body), [Key, .. headers]);

    private Task<HttpResponseMessage> PatchAsync(string body) =>
        RawRequest.SendAsync(cosmos.Endpoint, "PATCH", Link + "/docs/1", "docs", Link + "/docs/1", Encoding.UTF8.GetBytes(body), [Key]);
}
