using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Cosmos.Tests.Contract;

[Collection(CosmosCollection.Name)]
public class ItemTests(CosmosFixture cosmos)
{
    private static readonly PartitionKey A = new("a");

    [Fact]
    public async Task An_item_is_created_read_replaced_upserted_and_deleted()
    {
        var container = await cosmos.NewContainerAsync();
        var created = await container.CreateItemAsync(new Note("1", "a", 1), A);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.NotEmpty(created.ETag);
        Assert.Equal(5, created.RequestCharge);
        Assert.NotEmpty(created.Headers.Session);

        var read = await container.ReadItemAsync<Note>("1", A);
        Assert.Equal(new Note("1", "a", 1), read.Resource);
        Assert.Equal(created.ETag, read.ETag);
        Assert.Equal(1, read.RequestCharge);

        var replaced = await container.ReplaceItemAsync(new Note("1", "a", 2), "1", A);
        Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
        Assert.NotEqual(created.ETag, replaced.ETag);

        Assert.Equal(HttpStatusCode.OK, (await container.UpsertItemAsync(new Note("1", "a", 3), A)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await container.UpsertItemAsync(new Note("2", "a", 4), A)).StatusCode);
        Assert.Equal(3, (await container.ReadItemAsync<Note>("1", A)).Resource.Number);

        Assert.Equal(HttpStatusCode.NoContent, (await container.DeleteItemAsync<Note>("1", A)).StatusCode);
        await AssertFailsAsync(HttpStatusCode.NotFound, 0, () => container.ReadItemAsync<Note>("1", A));
        await AssertFailsAsync(HttpStatusCode.NotFound, 0, () => container.ReplaceItemAsync(new Note("1", "a", 2), "1", A));
        await AssertFailsAsync(HttpStatusCode.NotFound, 0, () => container.DeleteItemAsync<Note>("1", A));
    }

    [Fact]
    public async Task An_id_is_unique_in_its_partition_only()
    {
        var container = await cosmos.NewContainerAsync();
        await container.CreateItemAsync(new Note("1", "a", 1), A);
        await container.CreateItemAsync(new Note("1", "b", 2), new PartitionKey("b"));

        await AssertFailsAsync(HttpStatusCode.Conflict, 0, () => container.CreateItemAsync(new Note("1", "a", 3), A));
        Assert.Equal(1, (await container.ReadItemAsync<Note>("1", A)).Resource.Number);
        Assert.Equal(2, (await container.ReadItemAsync<Note>("1", new PartitionKey("b"))).Resource.Number);
    }

    [Fact]
    public async Task A_stale_etag_changes_nothing()
    {
        var container = await cosmos.NewContainerAsync();
        var first = await container.CreateItemAsync(new Note("1", "a", 1), A);
        await container.ReplaceItemAsync(new Note("1", "a", 2), "1", A, new ItemRequestOptions { IfMatchEtag = first.ETag });

        var stale = new ItemRequestOptions { IfMatchEtag = first.ETag };
        await AssertFailsAsync(HttpStatusCode.PreconditionFailed, 0, () => container.ReplaceItemAsync(new Note("1", "a", 3), "1", A, stale));
        await AssertFailsAsync(HttpStatusCode.PreconditionFailed, 0, () => container.UpsertItemAsync(new Note("1", "a", 3), A, stale));
        await AssertFailsAsync(HttpStatusCode.PreconditionFailed, 0, () => container.DeleteItemAsync<Note>("1", A, stale));
        await AssertFailsAsync(HttpStatusCode.PreconditionFailed, 0, () => container.PatchItemAsync<Note>("1", A, [PatchOperation.Set("/number", 3)], new PatchItemRequestOptions { IfMatchEtag = first.ETag }));
        Assert.Equal(2, (await container.ReadItemAsync<Note>("1", A)).Resource.Number);
    }

    [Fact]
    public async Task A_read_of_the_version_the_client_has_is_not_modified()
    {
        var container = await cosmos.NewContainerAsync();
        var created = await container.CreateItemAsync(new Note("1", "a", 1), A);
        await AssertFailsAsync(HttpStatusCode.NotModified, 0, () => container.ReadItemAsync<Note>("1", A, new ItemRequestOptions { IfNoneMatchEtag = created.ETag }));
        await container.ReplaceItemAsync(new Note("1", "a", 2), "1", A);
        Assert.Equal(2, (await container.ReadItemAsync<Note>("1", A, new ItemRequestOptions { IfNoneMatchEtag = created.ETag })).Resource.Number);
    }

    [Fact]
    public async Task A_minimal_answer_has_an_etag_and_no_body()
    {
        var container = await cosmos.NewContainerAsync();
        var created = await container.CreateItemAsync(new Note("1", "a", 1), A, new ItemRequestOptions { EnableContentResponseOnWrite = false });
        Assert.Null(created.Resource);
        Assert.Equal((await container.ReadItemAsync<Note>("1", A)).ETag, created.ETag);
    }

    [Fact]
    public async Task The_system_properties_are_the_services_own()
    {
        var container = await cosmos.NewContainerAsync();
        using var body = new MemoryStream(Encoding.UTF8.GetBytes("""{"id":"1","_ts":1,"pk":"a","_etag":"mine","price":12.50,"_rid":"x"}"""));
        using var created = await container.CreateItemStreamAsync(body, A);
        using var json = await JsonDocument.ParseAsync(created.Content);
        Assert.Equal(created.Headers.ETag, json.RootElement.GetProperty("_etag").GetString());
        Assert.True(json.RootElement.GetProperty("_ts").GetInt64() > 1_700_000_000);
        Assert.Equal(24, json.RootElement.GetProperty("_rid").GetString()!.Length);
        Assert.Equal("12.50", json.RootElement.GetProperty("price").GetRawText());
        Assert.Equal(["id", "pk", "price", "_rid", "_self", "_etag", "_attachments", "_ts"], json.RootElement.EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("blank id")]
    [InlineData("ünïcödé 😀")]
    [InlineData("a+b&c=d;e@f$g")]
    [InlineData("50%")]
    public async Task Ids_and_keys_may_hold_any_other_characters(string text)
    {
        var container = await cosmos.NewContainerAsync();
        await container.CreateItemAsync(new Note(text, text, 1), new PartitionKey(text));
        Assert.Equal(1, (await container.ReadItemAsync<Note>(text, new PartitionKey(text))).Resource.Number);
        await container.DeleteItemAsync<Note>(text, new PartitionKey(text));
    }

    [Theory]
    [InlineData("""{"pk":"a"}""", "'id'")]
    [InlineData("""{"id":7,"pk":"a"}""", "'id'")]
    [InlineData("""{"id":"","pk":"a"}""", "'id'")]
    [InlineData("""{"id":"a/b","pk":"a"}""", "'id'")]
    [InlineData("""{"id":"1","pk":"a","ttl":0}""", "'ttl'")]
    [InlineData("""{"id":"1","pk":["a"]}""", "partition key")]
    [InlineData("""{"id":"1","pk":"a" """, "JSON")]
    [InlineData("""["id"]""", "object")]
    [InlineData("""{"id":"1","pk":"a","text":"\ud800"}""", "surrogate")]
    [InlineData("", "JSON")]
    public async Task A_body_that_is_no_item_is_refused_with_the_reason(string json, string reason)
    {
        var container = await cosmos.NewContainerAsync();
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(json));
        using var response = await container.CreateItemStreamAsync(body, A);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, response.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_the_bodys_is_refused()
    {
        var container = await cosmos.NewContainerAsync();
        await AssertFailsAsync(HttpStatusCode.BadRequest, 1001, () => container.CreateItemAsync(new Note("1", "a", 1), new PartitionKey("b")));
        await container.CreateItemAsync(new Note("1", "a", 1), A);
        await AssertFailsAsync(HttpStatusCode.BadRequest, 0, () => container.ReplaceItemAsync(new Note("2", "a", 1), "1", A));
    }

    [Fact]
    public async Task An_item_of_more_than_two_megabytes_is_too_large()
    {
        var container = await cosmos.NewContainerAsync();
        await container.CreateItemAsync(new Note("1", "a", 1, new string('x', 2 * 1024 * 1024 - 200)), A);
        await AssertFailsAsync(HttpStatusCode.RequestEntityTooLarge, 0, () => container.CreateItemAsync(new Note("2", "a", 1, new string('x', 2 * 1024 * 1024)), A));
        await AssertFailsAsync(HttpStatusCode.RequestEntityTooLarge, 0, () => container.CreateItemAsync(new Note("2", "a", 1, new string('x', 5 * 1024 * 1024)), A));
    }

    [Fact]
    public async Task Every_kind_of_partition_key_is_its_own_partition()
    {
        var container = await cosmos.NewContainerAsync();
        (string Json, PartitionKey Key)[] kinds =
        [
            ("\"7\"", new PartitionKey("7")), ("7", new PartitionKey(7)), ("true", new PartitionKey(true)),
            ("false", new PartitionKey(false)), ("null", PartitionKey.Null),
        ];
        foreach (var (json, key) in kinds)
        {
            using var body = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"id":"1","pk":{{json}}}"""));
            using var created = await container.CreateItemStreamAsync(body, key);
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        }

        using var none = new MemoryStream(Encoding.UTF8.GetBytes("""{"id":"1"}"""));
        using var withoutKey = await container.CreateItemStreamAsync(none, PartitionKey.None);
        Assert.Equal(HttpStatusCode.Created, withoutKey.StatusCode);
        using var read = await container.ReadItemStreamAsync("1", PartitionKey.None);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var seven = await container.ReadItemStreamAsync("1", new PartitionKey(7.0));
        Assert.Equal(HttpStatusCode.OK, seven.StatusCode);
    }

    internal static async Task AssertFailsAsync(HttpStatusCode status, int subStatus, Func<Task> action)
    {
        var failure = await Assert.ThrowsAsync<CosmosException>(action);
        Assert.Equal(status, failure.StatusCode);
        Assert.Equal(subStatus, failure.SubStatusCode);
    }
}
