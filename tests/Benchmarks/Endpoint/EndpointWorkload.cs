using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Benchmarks.Endpoint;

/// <summary>What an app asks of its container, through the SDK: each operation does the same work every time, and checks what it is given.</summary>
internal sealed class EndpointWorkload(Container container)
{
    private const int BatchSize = 10, StreamLength = 5, PageSize = 100, ListingLength = 1000, ListingPage = 20;
    private static readonly string Text = new('x', 900);
    private int _next;
    private string? _late;

    /// <summary>The operations, by what they are called in the report.</summary>
    public IReadOnlyList<(string Name, Func<CancellationToken, Task> Run)> Operations =>
    [
        ("point read", ReadAsync),
        ("create", CreateAsync),
        ($"batch of {BatchSize} creates", BatchAsync),
        ($"change feed page of {PageSize}", ReadChangesAsync),
        ($"load of a stream of {StreamLength}", token => QueryAsync("SELECT * FROM c WHERE c.number >= 0 ORDER BY c.number", "stream", StreamLength, token)),
        ($"query of {PageSize} items in a partition", token => QueryAsync("SELECT * FROM c WHERE c.kind = 'one of a hundred'", "hundred", PageSize, token)),
        ($"last page of {ListingPage} of {ListingLength / 2} items by a filter and an order", token => ListAsync(_late, token)),
    ];

    /// <summary>Writes what is read.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await container.CreateItemAsync(new Entry("one", "one", 0, Text), new PartitionKey("one"), cancellationToken: cancellationToken);
        foreach (var (key, count) in new[] { ("stream", StreamLength), ("hundred", PageSize), ("feed", PageSize), ("listing", ListingLength) })
        {
            for (var i = 0; i < count; i++)
            {
                await container.CreateItemAsync(new Entry($"{i}", key, i, Text, i < ListingLength / 2 ? "one of a hundred" : "another"), new PartitionKey(key), cancellationToken: cancellationToken);
            }
        }

        for (var page = 1; page < ListingLength / 2 / ListingPage; page++)
        {
            _late = await ListAsync(_late, cancellationToken);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        using var response = await container.ReadItemStreamAsync("one", new PartitionKey("one"), cancellationToken: cancellationToken);
        Expect(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}");
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _next);
        await container.CreateItemAsync(new Entry($"{number}", $"c{number % 100}", number, Text), new PartitionKey($"c{number % 100}"), cancellationToken: cancellationToken);
    }

    private async Task BatchAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _next);
        var batch = container.CreateTransactionalBatch(new PartitionKey($"b{number}"));
        for (var i = 0; i < BatchSize; i++)
        {
            batch.CreateItem(new Entry($"{i}", $"b{number}", i, Text));
        }

        using var response = await batch.ExecuteAsync(cancellationToken);
        Expect(response.IsSuccessStatusCode && response.Count == BatchSize, $"{response.StatusCode}");
    }

    private async Task ReadChangesAsync(CancellationToken cancellationToken)
    {
        var options = new ChangeFeedRequestOptions { PageSizeHint = PageSize };
        using var feed = container.GetChangeFeedStreamIterator(ChangeFeedStartFrom.Beginning(FeedRange.FromPartitionKey(new PartitionKey("feed"))), ChangeFeedMode.LatestVersion, options);
        using var page = await feed.ReadNextAsync(cancellationToken);
        Expect(page.StatusCode == HttpStatusCode.OK, $"{page.StatusCode}");
    }

    private async Task QueryAsync(string text, string key, int expected, CancellationToken cancellationToken)
    {
        using var query = container.GetItemQueryIterator<Entry>(text, requestOptions: new QueryRequestOptions { PartitionKey = new PartitionKey(key), MaxItemCount = -1 });
        var found = 0;
        while (query.HasMoreResults)
        {
            found += (await query.ReadNextAsync(cancellationToken)).Count;
        }

        Expect(found == expected, $"{found} items instead of {expected}");
    }

    private async Task<string?> ListAsync(string? continuation, CancellationToken cancellationToken)
    {
        const string text = "SELECT * FROM c WHERE c.kind = 'one of a hundred' ORDER BY c.number";
        var options = new QueryRequestOptions { PartitionKey = new PartitionKey("listing"), MaxItemCount = ListingPage };
        using var query = container.GetItemQueryIterator<Entry>(text, continuation, options);
        var page = await query.ReadNextAsync(cancellationToken);
        Expect(page.Count == ListingPage, $"a page of {page.Count} items instead of {ListingPage}");
        return page.ContinuationToken;
    }

    private static void Expect(bool holds, string found)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"The endpoint answered {found}.");
        }
    }

    private sealed record Entry(string Id, string Pk, int Number, string Text, string? Kind = null);
}
