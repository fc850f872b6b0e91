using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Benchmarks.Rebuilding;

/// <summary>Reads a container's change feed with the SDK alone, all ranges at once.</summary>
/// <param name="container">The container.</param>
internal sealed class BareReader(Container container)
{
    private const int PageSize = 2000;

    /// <summary>Reads the bodies of the answers and looks at nothing.</summary>
    /// <returns>The number of events as the answers' headers count the items, less the heads.</returns>
    public Task<long> ReadBytesAsync(CancellationToken cancellationToken) => InAllRangesAsync(async range =>
    {
        using var feed = container.GetChangeFeedStreamIterator(ChangeFeedStartFrom.Beginning(range), ChangeFeedMode.LatestVersion, Options());
        var bodies = new MemoryStream();
        while (true)
        {
            using var response = await feed.ReadNextAsync(cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotModified)
            {
                return CountEvents(bodies);
            }

            await response.EnsureSuccessStatusCode().Content.CopyToAsync(bodies, cancellationToken);
        }
    });

    /// <summary>Has the SDK make JSON of every item, which tells the events from the heads.</summary>
    public Task<long> ReadItemsAsync(CancellationToken cancellationToken) => InAllRangesAsync(async range =>
    {
        using var feed = container.GetChangeFeedIterator<JsonElement>(ChangeFeedStartFrom.Beginning(range), ChangeFeedMode.LatestVersion, Options());
        var count = 0L;
        while (true)
        {
            var page = await feed.ReadNextAsync(cancellationToken);
            if (page.StatusCode == HttpStatusCode.NotModified)
            {
                return count;
            }

            count += page.Count(item => item.GetProperty("kind").ValueEquals("event"));
        }
    });

    private static ChangeFeedRequestOptions Options() => new() { PageSizeHint = PageSize };

    /// <summary>Proves that everything was read, as cheaply as can be.</summary>
    private static long CountEvents(MemoryStream bodies) => bodies.GetBuffer().AsSpan(0, (int)bodies.Length).Count("\"kind\":\"event\""u8);

    private async Task<long> InAllRangesAsync(Func<FeedRange, Task<long>> read)
    {
        var ranges = await container.GetFeedRangesAsync();
        return (await Task.WhenAll(ranges.Select(read))).Sum();
    }
}
