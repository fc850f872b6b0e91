using System.Net;
using System.Text;
using EventFunctions.Local.Cosmos.Tests.Contract;

namespace EventFunctions.Local.Cosmos.Tests.Wire;

/// <summary>The service's limits ("Azure Cosmos DB service quotas"), each at its last value and one beyond: what is too much is refused, by the service's codes.</summary>
[Collection(CosmosCollection.Name)]
public sealed class LimitTests(CosmosFixture cosmos)
{
    private const HttpStatusCode Created = HttpStatusCode.Created, BadRequest = HttpStatusCode.BadRequest;

    [Theory]
    [InlineData(1023, Created)]
    [InlineData(1024, BadRequest)]
    [InlineData(0, BadRequest)]
    public async Task An_id_has_up_to_1023_bytes(int length, HttpStatusCode expected)
    {
        await AssertCreateAsync(expected, $$"""{"id":"{{new string('i', length)}}","pk":"a"}""", "a");

        // Bytes, not characters.
        await AssertCreateAsync(length == 1023 ? Created : BadRequest, $$"""{"id":"{{new string('é', length / 2)}}{{new string('i', length % 2)}}","pk":"a"}""", "a");
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\\\b")]
    [InlineData("a?b")]
    [InlineData("a#b")]
    public async Task An_id_has_no_character_that_a_path_gives_a_meaning(string id) => await AssertCreateAsync(BadRequest, $$"""{"id":"{{id}}","pk":"a"}""", "a");

    [Theory]
    [InlineData(2048, Created)]
    [InlineData(2049, BadRequest)]
    public async Task A_partition_key_has_up_to_2048_bytes(int length, HttpStatusCode expected)
    {
        var key = new string('k', length);
        await AssertCreateAsync(expected, $$"""{"id":"1","pk":"{{key}}"}""", key);
    }

    [Theory]
    [InlineData(127, Created)]
    [InlineData(128, BadRequest)]
    public async Task An_item_is_nested_up_to_128_deep(int arrays, HttpStatusCode expected) =>
        await AssertCreateAsync(expected, $$"""{"id":"1","pk":"a","v":{{new string('[', arrays)}}{{new string(']', arrays)}}}""", "a");

    [Theory]
    [InlineData(2 * 1024 * 1024, Created)]
    [InlineData((2 * 1024 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task An_item_has_up_to_2_MB(int bytes, HttpStatusCode expected)
    {
        const string frame = """{"id":"1","pk":"a","text":""}""";
        await AssertCreateAsync(expected, $$"""{"id":"1","pk":"a","text":"{{new string('x', bytes - frame.Length)}}"}""", "a");
    }

    [Theory]
    [InlineData(512 * 1024, HttpStatusCode.OK)]
    [InlineData((512 * 1024) + 1, BadRequest)]
    public async Task A_query_has_up_to_512_KB(int length, HttpStatusCode expected)
    {
        const string text = "SELECT * FROM c";
        await AssertQueryAsync(expected, text + new string(' ', length - text.Length));
    }

    [Theory]
    [InlineData(10, HttpStatusCode.OK)]
    [InlineData(11, BadRequest)]
    public async Task A_query_has_up_to_10_joins(int joins, HttpStatusCode expected) =>
        await AssertQueryAsync(expected, $"SELECT VALUE 1 FROM c{string.Concat(Enumerable.Range(0, joins).Select(i => $" JOIN t{i} IN c.tags"))}");

    [Theory]
    [InlineData(100, HttpStatusCode.OK)]
    [InlineData(1000, BadRequest)]
    public async Task A_query_is_not_nested_without_end(int brackets, HttpStatusCode expected) =>
        await AssertQueryAsync(expected, $"SELECT VALUE {new string('(', brackets)}1{new string(')', brackets)} FROM c");

    [Fact]
    public async Task Headers_have_up_to_64_KB()
    {
        var container = await cosmos.NewContainerAsync();
        var link = $"dbs/contract/colls/{container.Id}";
        using var most = await RawRequest.SendAsync(cosmos.Endpoint, "GET", $"{link}/docs", "docs", link, body: null, [("x-ms-continuation", new string('x', 60 * 1024))]);
        Assert.Equal(BadRequest, most.StatusCode);
        using var more = await RawRequest.SendAsync(cosmos.Endpoint, "GET", $"{link}/docs", "docs", link, body: null, [("x-ms-continuation", new string('x', 70 * 1024))]);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, more.StatusCode);
        Assert.Equal(container.Id, (await container.ReadContainerAsync()).Resource.Id);
    }

    private async Task AssertCreateAsync(HttpStatusCode expected, string item, string key)
    {
        var container = await cosmos.NewContainerAsync();
        var link = $"dbs/contract/colls/{container.Id}";
        using var response = await RawRequest.SendAsync(
            cosmos.Endpoint, "POST", $"{link}/docs", "docs", link, Encoding.UTF8.GetBytes(item), [("x-ms-documentdb-partitionkey", $"[\"{key}\"]")]);
        Assert.Equal(expected, response.StatusCode);
    }

    private async Task AssertQueryAsync(HttpStatusCode expected, string text)
    {
        var container = await cosmos.NewContainerAsync();
        var link = $"dbs/contract/colls/{container.Id}";
        var body = Encoding.UTF8.GetBytes($$"""{"query":"{{text}}"}""");
        using var response = await RawRequest.SendAsync(
            cosmos.Endpoint, "POST", $"{link}/docs", "docs", link, body, [("x-ms-documentdb-partitionkey", "[\"a\"]"), ("x-ms-documentdb-isquery", "True")]);
        Assert.Equal(expected, response.StatusCode);
    }
}
