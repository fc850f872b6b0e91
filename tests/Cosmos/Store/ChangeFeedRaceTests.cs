using System.Text;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Tests.Store;

/// <summary>The change feed read while it is written to, at a rate that no client over HTTP reaches.</summary>
public sealed class ChangeFeedRaceTests
{
    private const int Ranges = 4, Writers = 4, WritesEach = 5000;

    private readonly ContainerStore _store = new(
        new ContainerState(
            new ContainerRid(1, 1),
            new ContainerDefinition("c", PartitionKeyPath.TryParse("/pk")!, null, new Dictionary<string, System.Text.Json.JsonElement>(StringComparer.Ordinal)),
            new KeyRangeMap(Ranges),
            timestamp: 0),
        new VolatileLog(),
        TimeProvider.System);

    [Fact]
    public async Task A_continuation_skips_nothing_and_repeats_nothing_while_writers_write()
    {
        using var written = new CancellationTokenSource();
        var readers = Enumerable.Range(0, Ranges).Select(r => Task.Run(() => FollowAsync(r, written.Token))).ToList();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAsync(new Random(w)))));
        await written.CancelAsync();
        var seen = await Task.WhenAll(readers);

        for (var range = 0; range < Ranges; range++)
        {
            var live = await _store.ReadAsync(new ItemScope.Range(range, null, null), 0, int.MaxValue, long.MaxValue, CancellationToken.None);
            Assert.NotEmpty(live.Items);
            Assert.All(live.Items, item => Assert.Same(item, seen[range][(item.PartitionKey, item.Id)]));
        }
    }

    /// <summary>Follows a range in small pages until it is at its end and nothing more is written.</summary>
    /// <returns>Each item as it was seen last.</returns>
    private async Task<Dictionary<(PartitionKeyValue, string), StoredItem>> FollowAsync(int range, CancellationToken written)
    {
        var seen = new Dictionary<(PartitionKeyValue, string), StoredItem>();
        var (next, last) = (0L, -1L);
        while (true)
        {
            var ended = written.IsCancellationRequested;
            var page = await _store.ReadChangesAsync(new ItemScope.Range(range, null, null), new ChangeFeedStart.After(next), 3, long.MaxValue, CancellationToken.None);
            foreach (var item in page.Items)
            {
                Assert.True(item.Position > last, "a change came twice, or before one that was written earlier");
                last = item.Position;
                seen[(item.PartitionKey, item.Id)] = item;
            }

            Assert.True(page.Next >= next);
            next = page.Next;
            if (ended && page.Items.Count == 0)
            {
                return seen;
            }
        }
    }

    private async Task WriteAsync(Random random)
    {
        for (var i = 0; i < WritesEach; i++)
        {
            var key = $"p{random.Next(16)}";
            ItemOperation[] operations = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new ItemOperation.Upsert(Document($"{random.Next(20)}", key), IfMatch: null))];
            var result = random.Next(8) == 0
                ? await _store.ExecuteAsync(PartitionKeyValue.Of(key), [operations[0], new ItemOperation.Delete($"{random.Next(20)}", IfMatch: null)], CancellationToken.None)
                : await _store.ExecuteAsync(PartitionKeyValue.Of(key), operations, CancellationToken.None);
            Assert.True(result.Succeeded || result.Outcomes is [ItemOutcome.DependencyFailed, ItemOutcome.NotFound]);
        }
    }

    private static ItemDocument Document(string id, string key) =>
        new(id, PartitionKeyValue.Of(key), TimeToLive: null, Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","pk":"{{key}}"}"""));
}
