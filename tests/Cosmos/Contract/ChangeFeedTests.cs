using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Cosmos.Tests.Contract;

[Collection(CosmosCollection.Name)]
public class ChangeFeedTests(CosmosFixture cosmos)
{
    [Fact]
    public async Task From_the_beginning_each_item_is_seen_once_as_it_was_last_written()
    {
        var container = await cosmos.NewContainerAsync();
        await WriteAsync(container, 0, 40);
        await container.ReplaceItemAsync(new Note("n3", "p3", 1003), "n3", new PartitionKey("p3"));
        await container.DeleteItemAsync<Note>("n4", new PartitionKey("p4"));

        var (items, _) = await DrainAsync(container, ChangeFeedStartFrom.Beginning(), pageSize: 3);
        Assert.Equal(39, items.Count);
        Assert.Equal(39, items.Select(i => i.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(1003, items.Single(i => i.GetProperty("id").GetString() == "n3").GetProperty("number").GetInt32());
        Assert.All(items, i => Assert.True(i.GetProperty("_lsn").GetInt64() > 0));
    }

    [Fact]
    public async Task A_continuation_gives_what_was_written_since()
    {
        var container = await cosmos.NewContainerAsync();
        await WriteAsync(container, 0, 20);
        var (_, continuation) = await DrainAsync(container, ChangeFeedStartFrom.Beginning());
        var (nothing, later) = await DrainAsync(container, ChangeFeedStartFrom.ContinuationToken(continuation));
        Assert.Empty(nothing);
        await WriteAsync(container, 20, 30);
        var (news, _) = await DrainAsync(container, ChangeFeedStartFrom.ContinuationToken(later));
        Assert.Equal(Enumerable.Range(20, 10), news.Select(i => i.GetProperty("number").GetInt32()).Order());
    }

    [Fact]
    public async Task From_now_on_only_later_writes_are_seen()
    {
        var container = await cosmos.NewContainerAsync();
        await WriteAsync(container, 0, 20);
        var (nothing, continuation) = await DrainAsync(container, ChangeFeedStartFrom.Now());
        Assert.Empty(nothing);
        await WriteAsync(container, 20, 25);
        var (news, _) = await DrainAsync(container, ChangeFeedStartFrom.ContinuationToken(continuation));
        Assert.Equal(5, news.Count);
    }

    [Fact]
    public async Task From_a_time_on_earlier_writes_are_left_out()
    {
        var container = await cosmos.NewContainerAsync();
        await WriteAsync(container, 0, 20);
        var (before, _) = await DrainAsync(container, ChangeFeedStartFrom.Time(DateTime.UtcNow.AddHours(-1)));
        Assert.Equal(20, before.Count);
        var (after, _) = await DrainAsync(container, ChangeFeedStartFrom.Time(DateTime.UtcNow.AddHours(1)));
        Assert.Empty(after);
    }

    [Fact]
    public async Task A_partitions_feed_has_its_own_items_and_a_batch_is_never_split()
    {
        var container = await cosmos.NewContainerAsync();
        await WriteAsync(container, 0, 20);
        var batch = container.CreateTransactionalBatch(new PartitionKey("p1"));
        for (var i = 0; i < 10; i++)
        {
            batch.CreateItem(new Note($"b{i}", "p1", i));
        }

        using var written = await batch.ExecuteAsync();
        Assert.True(written.IsSuccessStatusCode);

        using var iterator = container.GetChangeFeedIterator<Note>(
            ChangeFeedStartFrom.Beginning(FeedRange.FromPartitionKey(new PartitionKey("p1"))), ChangeFeedMode.Incremental, new ChangeFeedRequestOptions { PageSizeHint = 3 });
        var pages = new List<List<Note>>();
        for (var page = await iterator.ReadNextAsync(); page.StatusCode != HttpStatusCode.NotModified; page = await iterator.ReadNextAsync())
        {
            pages.Add([.. page]);
        }

        Assert.All(pages.SelectMany(p => p), i => Assert.Equal("p1", i.Pk));
        Assert.Equal(11, pages.Sum(p => p.Count));
        Assert.Contains(pages, p => p.Count(i => i.Id.StartsWith('b')) == 10);
    }

    [Fact]
    public async Task The_processor_handles_every_item_of_every_range_while_writers_write()
    {
        const int writers = 4, each = 60;
        var (container, leases) = (await cosmos.NewContainerAsync(), await cosmos.NewContainerAsync(key: "/id"));
        var seen = new ConcurrentDictionary<string, int>();
        var processor = Processor(container, leases, "one", seen);
        await processor.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(() => WriteAsync(container, w * each, (w + 1) * each))));
        await Eventually.HoldsAsync(() => seen.Count == writers * each, "every item was handled");
        await processor.StopAsync();

        Assert.Equal(writers * each, await CountAsync(container));
        Assert.Equal(Enumerable.Range(0, writers * each).Select(i => $"n{i}").Order(StringComparer.Ordinal), seen.Keys.Order(StringComparer.Ordinal));
        Assert.All(seen.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Two_hosts_share_the_ranges_and_one_takes_over_from_the_other()
    {
        var (container, leases) = (await cosmos.NewContainerAsync(), await cosmos.NewContainerAsync(key: "/id"));
        var (first, second) = (new ConcurrentDictionary<string, int>(), new ConcurrentDictionary<string, int>());
        var (one, two) = (Processor(container, leases, "one", first), Processor(container, leases, "two", second));
        await one.StartAsync();
        await two.StartAsync();
        await Eventually.HoldsAsync(async () => await OwnersAsync(leases) is { Count: 2 } owners && owners.Values.All(n => n == 2), "each host has two of the four ranges");

        await WriteAsync(container, 0, 80);
        // A host learns only at its next checkpoint that a range was taken from it, so an item may be handled by both.
        await Eventually.HoldsAsync(() => first.Keys.Union(second.Keys).Count() == 80, "both hosts together handled every item");
        Assert.NotEmpty(first);
        Assert.NotEmpty(second);

        await two.StopAsync();
        await WriteAsync(container, 80, 120);
        await Eventually.HoldsAsync(() => first.Keys.Union(second.Keys).Count() == 120, "the host that is left handles the other's ranges too");
        await one.StopAsync();
    }

    [Fact]
    public async Task A_processor_goes_on_where_the_last_one_stopped()
    {
        var (container, leases) = (await cosmos.NewContainerAsync(), await cosmos.NewContainerAsync(key: "/id"));
        var before = new ConcurrentDictionary<string, int>();
        var first = Processor(container, leases, "one", before);
        await WriteAsync(container, 0, 50);
        await first.StartAsync();
        await Eventually.HoldsAsync(() => before.Count == 50, "the first fifty were handled");
        await first.StopAsync();

        await WriteAsync(container, 50, 90);
        var after = new ConcurrentDictionary<string, int>();
        var next = Processor(container, leases, "two", after);
        await next.StartAsync();
        await Eventually.HoldsAsync(() => after.Count == 40, "the other forty were handled");
        await next.StopAsync();
        Assert.Empty(before.Keys.Intersect(after.Keys));
    }

    [Fact]
    public async Task A_batch_that_was_not_handled_comes_again()
    {
        var (container, leases) = (await cosmos.NewContainerAsync(), await cosmos.NewContainerAsync(key: "/id"));
        await WriteAsync(container, 0, 30);
        var (attempts, handled) = (0, new ConcurrentDictionary<string, int>());
        var processor = container.GetChangeFeedProcessorBuilder<Note>("failing", (IReadOnlyCollection<Note> items, CancellationToken _) =>
            {
                if (Interlocked.Increment(ref attempts) <= 3)
                {
                    throw new InvalidOperationException("not this time");
                }

                foreach (var item in items)
                {
                    handled.AddOrUpdate(item.Id, 1, (_, n) => n + 1);
                }

                return Task.CompletedTask;
            })
            .WithInstanceName("one").WithLeaseContainer(leases).WithStartTime(DateTime.MinValue.ToUniversalTime())
            .WithPollInterval(TimeSpan.FromMilliseconds(50)).WithLeaseConfiguration(acquireInterval: TimeSpan.FromMilliseconds(500))
            .Build();
        await processor.StartAsync();
        await Eventually.HoldsAsync(() => handled.Count == 30, "every item was handled in the end");
        await processor.StopAsync();
        Assert.True(attempts > 3);
    }

    [Fact]
    public async Task The_estimator_sees_what_is_left_to_do()
    {
        var (container, leases) = (await cosmos.NewContainerAsync(), await cosmos.NewContainerAsync(key: "/id"));
        var seen = new ConcurrentDictionary<string, int>();
        var processor = Processor(container, leases, "one", seen);
        await WriteAsync(container, 0, 20);
        await processor.StartAsync();
        await Eventually.HoldsAsync(() => seen.Count == 20, "everything was handled");
        Assert.Equal(4, (await OwnersAsync(leases)).Values.Sum());
        await Eventually.HoldsAsync(async () => await LagAsync(container, leases) == 0, "nothing is left");
        await processor.StopAsync();
        await WriteAsync(container, 20, 35);
        Assert.Equal(15, await LagAsync(container, leases));
    }

    private static ChangeFeedProcessor Processor(Container container, Container leases, string instance, ConcurrentDictionary<string, int> seen) =>
        container.GetChangeFeedProcessorBuilder<Note>("relay", (IReadOnlyCollection<Note> items, CancellationToken _) =>
            {
                foreach (var item in items)
                {
                    seen.AddOrUpdate(item.Id, 1, (_, n) => n + 1);
                }

                return Task.CompletedTask;
            })
            .WithInstanceName(instance).WithLeaseContainer(leases).WithStartTime(DateTime.MinValue.ToUniversalTime()).WithMaxItems(7)
            .WithPollInterval(TimeSpan.FromMilliseconds(50)).WithLeaseConfiguration(acquireInterval: TimeSpan.FromMilliseconds(500))
            .Build();

    private static async Task WriteAsync(Container container, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            await container.CreateItemAsync(new Note($"n{i}", $"p{i}", i), new PartitionKey($"p{i}"));
        }
    }

    private static async Task<(List<JsonElement> Items, string Continuation)> DrainAsync(Container container, ChangeFeedStartFrom from, int? pageSize = null)
    {
        using var iterator = container.GetChangeFeedIterator<JsonElement>(from, ChangeFeedMode.Incremental, new ChangeFeedRequestOptions { PageSizeHint = pageSize });
        var items = new List<JsonElement>();
        for (var unchanged = 0; ;)
        {
            var page = await iterator.ReadNextAsync();
            items.AddRange(page);
            unchanged = page.StatusCode == HttpStatusCode.NotModified ? unchanged + 1 : 0;
            if (unchanged == 4)
            {
                return (items, page.ContinuationToken);
            }
        }
    }

    private static async Task<int> CountAsync(Container container)
    {
        using var iterator = container.GetItemQueryIterator<int>("SELECT VALUE COUNT(1) FROM c");
        var count = 0;
        while (iterator.HasMoreResults)
        {
            count += (await iterator.ReadNextAsync()).Sum();
        }

        return count;
    }

    private static async Task<Dictionary<string, int>> OwnersAsync(Container leases)
    {
        using var iterator = leases.GetItemQueryIterator<JsonElement>("SELECT * FROM c WHERE IS_DEFINED(c.LeaseToken) AND IS_STRING(c.Owner)");
        var owners = new Dictionary<string, int>();
        while (iterator.HasMoreResults)
        {
            foreach (var lease in await iterator.ReadNextAsync())
            {
                var owner = lease.GetProperty("Owner").GetString()!;
                owners[owner] = owners.GetValueOrDefault(owner) + 1;
            }
        }

        return owners;
    }

    private static async Task<long> LagAsync(Container container, Container leases)
    {
        using var iterator = container.GetChangeFeedEstimator("relay", leases).GetCurrentStateIterator();
        var lag = 0L;
        while (iterator.HasMoreResults)
        {
            lag += (await iterator.ReadNextAsync()).Sum(s => s.EstimatedLag);
        }

        return lag;
    }
}
