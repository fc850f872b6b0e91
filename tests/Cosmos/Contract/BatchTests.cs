using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Cosmos.Tests.Contract;

[Collection(CosmosCollection.Name)]
public class BatchTests(CosmosFixture cosmos)
{
    private static readonly PartitionKey A = new("a");

    [Fact]
    public async Task All_operations_are_done_in_their_order()
    {
        var container = await cosmos.NewContainerAsync();
        await container.CreateItemAsync(new Note("old", "a", 1), A);
        using var response = await container.CreateTransactionalBatch(A)
            .CreateItem(new Note("1", "a", 1))
            .ReplaceItem("1", new Note("1", "a", 2))
            .UpsertItem(new Note("2", "a", 3))
            .PatchItem("1", [PatchOperation.Increment("/number", 40)])
            .ReadItem("1")
            .DeleteItem("old")
            .ExecuteAsync();

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NoContent],
            response.Select(r => r.StatusCode));
        Assert.Equal(42, response.GetOperationResultAtIndex<Note>(4).Resource.Number);
        Assert.Equal(response[3].ETag, response[4].ETag);
        Assert.Equal(42, (await container.ReadItemAsync<Note>("1", A)).Resource.Number);
        Assert.Equal(response[2].ETag, (await container.ReadItemAsync<Note>("2", A)).ETag);
        await ItemTests.AssertFailsAsync(HttpStatusCode.NotFound, 0, () => container.ReadItemAsync<Note>("old", A));
    }

    [Fact]
    public async Task Nothing_is_done_when_one_operation_fails()
    {
        var container = await cosmos.NewContainerAsync();
        var head = await container.CreateItemAsync(new Note("head", "a", 1), A);
        await container.CreateItemAsync(new Note("3", "a", 1), A);
        using var response = await container.CreateTransactionalBatch(A)
            .ReplaceItem("head", new Note("head", "a", 2), new TransactionalBatchItemRequestOptions { IfMatchEtag = head.ETag })
            .CreateItem(new Note("2", "a", 1))
            .CreateItem(new Note("3", "a", 1))
            .CreateItem(new Note("4", "a", 1))
            .ExecuteAsync();

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal([HttpStatusCode.FailedDependency, HttpStatusCode.FailedDependency, HttpStatusCode.Conflict, HttpStatusCode.FailedDependency], response.Select(r => r.StatusCode));
        var after = await container.ReadItemAsync<Note>("head", A);
        Assert.Equal((1, head.ETag), (after.Resource.Number, after.ETag));
        await ItemTests.AssertFailsAsync(HttpStatusCode.NotFound, 0, () => container.ReadItemAsync<Note>("2", A));
        await ItemTests.AssertFailsAsync(HttpStatusCode.NotFound, 0, () => container.ReadItemAsync<Note>("4", A));
    }

    [Fact]
    public async Task A_stale_etag_fails_the_batch()
    {
        var container = await cosmos.NewContainerAsync();
        var first = await container.CreateItemAsync(new Note("head", "a", 1), A);
        await container.ReplaceItemAsync(new Note("head", "a", 2), "head", A);
        using var response = await container.CreateTransactionalBatch(A)
            .CreateItem(new Note("1", "a", 1))
            .ReplaceItem("head", new Note("head", "a", 3), new TransactionalBatchItemRequestOptions { IfMatchEtag = first.ETag })
            .ExecuteAsync();

        Assert.Equal(HttpStatusCode.PreconditionFailed, response.StatusCode);
        Assert.Equal([HttpStatusCode.FailedDependency, HttpStatusCode.PreconditionFailed], response.Select(r => r.StatusCode));
        Assert.Equal(2, (await container.ReadItemAsync<Note>("head", A)).Resource.Number);
    }

    [Fact]
    public async Task A_hundred_operations_are_allowed_and_one_more_is_not()
    {
        var container = await cosmos.NewContainerAsync();
        using var full = await BatchOf(container, 100).ExecuteAsync();
        Assert.Equal(100, full.Count(r => r.IsSuccessStatusCode));

        var other = await cosmos.NewContainerAsync();
        using var over = await BatchOf(other, 101).ExecuteAsync();
        Assert.Equal(HttpStatusCode.BadRequest, over.StatusCode);
        Assert.Contains("101 operations", over.ErrorMessage, StringComparison.Ordinal);
        await ItemTests.AssertFailsAsync(HttpStatusCode.NotFound, 0, () => other.ReadItemAsync<Note>("0", A));
    }

    [Fact]
    public async Task More_than_two_megabytes_are_refused_as_a_whole()
    {
        var container = await cosmos.NewContainerAsync();
        var text = new string('x', 800_000);
        using var response = await container.CreateTransactionalBatch(A)
            .CreateItem(new Note("1", "a", 1, text)).CreateItem(new Note("2", "a", 1, text)).CreateItem(new Note("3", "a", 1, text))
            .ExecuteAsync();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        await ItemTests.AssertFailsAsync(HttpStatusCode.NotFound, 0, () => container.ReadItemAsync<Note>("1", A));
    }

    [Fact]
    public async Task An_item_of_another_partition_fails_the_batch()
    {
        var container = await cosmos.NewContainerAsync();
        using var response = await container.CreateTransactionalBatch(A).CreateItem(new Note("1", "a", 1)).CreateItem(new Note("2", "b", 1)).ExecuteAsync();
        Assert.Equal([HttpStatusCode.FailedDependency, HttpStatusCode.BadRequest], response.Select(r => r.StatusCode));
        await ItemTests.AssertFailsAsync(HttpStatusCode.NotFound, 0, () => container.ReadItemAsync<Note>("1", A));
    }

    [Fact]
    public async Task A_minimal_answer_has_no_bodies()
    {
        var container = await cosmos.NewContainerAsync();
        using var response = await container.CreateTransactionalBatch(A)
            .CreateItem(new Note("1", "a", 1), new TransactionalBatchItemRequestOptions { EnableContentResponseOnWrite = false })
            .CreateItem(new Note("2", "a", 2))
            .ExecuteAsync();
        Assert.Null(response[0].ResourceStream);
        Assert.NotEmpty(response[0].ETag);
        Assert.Equal(2, response.GetOperationResultAtIndex<Note>(1).Resource.Number);
    }

    [Fact]
    public async Task Concurrent_appends_under_an_etag_lose_and_double_nothing()
    {
        const int writers = 8, each = 20;
        var container = await cosmos.NewContainerAsync();
        await container.CreateItemAsync(new Note("head", "a", 0), A);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < each;)
            {
                done += await TryAppendAsync(container) ? 1 : 0;
            }
        })));

        Assert.Equal(writers * each, (await container.ReadItemAsync<Note>("head", A)).Resource.Number);
        for (var version = 1; version <= writers * each; version++)
        {
            Assert.Equal(version, (await container.ReadItemAsync<Note>($"{version}", A)).Resource.Number);
        }

        await ItemTests.AssertFailsAsync(HttpStatusCode.NotFound, 0, () => container.ReadItemAsync<Note>($"{writers * each + 1}", A));
    }

    private static async Task<bool> TryAppendAsync(Container container)
    {
        var head = await container.ReadItemAsync<Note>("head", A);
        var next = head.Resource.Number + 1;
        using var response = await container.CreateTransactionalBatch(A)
            .ReplaceItem("head", new Note("head", "a", next), new TransactionalBatchItemRequestOptions { IfMatchEtag = head.ETag })
            .CreateItem(new Note($"{next}", "a", next))
            .ExecuteAsync();
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PreconditionFailed, response.StatusCode.ToString());
        return response.IsSuccessStatusCode;
    }

    private static TransactionalBatch BatchOf(Container container, int count)
    {
        var batch = container.CreateTransactionalBatch(A);
        for (var i = 0; i < count; i++)
        {
            batch.CreateItem(new Note($"{i}", "a", i));
        }

        return batch;
    }
}
