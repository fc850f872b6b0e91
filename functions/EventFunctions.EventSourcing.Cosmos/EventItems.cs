using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>The events of one partition of a container as items: of the streams and of the archive alike.</summary>
internal static class EventItems
{
    private const string Range = "FROM c WHERE c.kind = @kind AND c.version >= @from AND c.version <= @through";

    /// <summary>The events of a range of versions, by version.</summary>
    public static async Task<IReadOnlyList<StoredEvent>> ReadAsync(
        Container container, StreamName stream, long from, long through, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        var found = new List<StoredEvent>();
        await foreach (var item in QueryAsync(container, stream, $"SELECT * {Range}", from, through, cancellationToken))
        {
            var storedAt = item.TryGetProperty("_ts", out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds.GetInt64()) : (DateTimeOffset?)null;
            found.Add(new StoredEvent(item.GetProperty("id").GetString()!, VersionOf(item.GetProperty("version")), item, storedAt));
        }

        found.Sort((a, b) => a.Version != b.Version ? a.Version.CompareTo(b.Version) : string.CompareOrdinal(a.Id, b.Id));
        return found;
    }

    /// <summary>Deletes the oldest events up to a version, as many as one batch takes; 0 when none is left.</summary>
    public static async Task<int> DeleteAsync(Container container, StreamName stream, long through, CancellationToken cancellationToken)
    {
        while (true)
        {
            var ids = await OldestAsync(container, stream, through, cancellationToken);
            if (ids.Count == 0)
            {
                return 0;
            }

            var batch = container.CreateTransactionalBatch(new PartitionKey(stream.Value));
            ids.ForEach(id => batch.DeleteItem(id));
            using var response = await CosmosFailure.GuardAsync(batch.ExecuteAsync(cancellationToken), container, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return ids.Count;
            }

            // 404 within the batch: another run has deleted one of them meanwhile. What is left is listed again.
            if (!CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
            {
                throw CosmosFailure.Of(response, container);
            }
        }
    }

    /// <summary>The ids of the events with the lowest versions.</summary>
    private static async Task<List<string>> OldestAsync(
        Container container, StreamName stream, long through, CancellationToken cancellationToken)
    {
        // The oldest first, so that what is left is one piece; found by the index, however many there are.
        var oldest = await QueryAsync(container, stream, $"SELECT VALUE MIN(c.version) {Range}", 1, through, cancellationToken)
            .FirstOrDefaultAsync(cancellationToken);
        if (oldest.ValueKind != JsonValueKind.Number)
        {
            return [];
        }

        var from = VersionOf(oldest);
        var last = Math.Min(through, from + AppendBatch.MaxOperations - 1);
        return await QueryAsync(container, stream, $"SELECT VALUE c.id {Range}", from, last, cancellationToken)
            .Select(id => id.GetString()!)
            .Take(AppendBatch.MaxOperations)
            .ToListAsync(cancellationToken);
    }

    /// <summary>A version that is no whole number is a damage, which whoever reads the item finds; here it counts as the one below.</summary>
    private static long VersionOf(JsonElement number) => number.TryGetInt64(out var version) ? version : (long)number.GetDouble();

    private static async IAsyncEnumerable<JsonElement> QueryAsync(
        Container container,
        StreamName stream,
        string text,
        long from,
        long through,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new QueryDefinition(text)
            .WithParameter("@kind", EventDocument.EventKind)
            .WithParameter("@from", from)
            .WithParameter("@through", through);
        using var feed = container.GetItemQueryStreamIterator(
            query, requestOptions: new QueryRequestOptions { PartitionKey = new PartitionKey(stream.Value), MaxItemCount = -1 });
        while (feed.HasMoreResults)
        {
            using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), container, cancellationToken);
            response.ThrowIfFailed(container);
            foreach (var item in (await CosmosItems.ReadAsync<FeedPage<JsonElement>>(response.Content, cancellationToken)).Documents)
            {
                yield return item;
            }
        }
    }
}
