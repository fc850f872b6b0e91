using System.Text.Json;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.Local.Host;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EndToEnd.Tests.Running;

/// <summary>Looks into the store with the SDK, past the app.</summary>
internal sealed class StoreInspector : IDisposable
{
    private readonly CosmosClient _client;

    public StoreInspector(string connectionString) =>
        _client = new CosmosClient(connectionString, EventStoreClientOptions.ForConnectionString(connectionString, "EventFunctions.EndToEnd"));

    public void Dispose() => _client.Dispose();

    /// <summary>How many items each container has, but the leases, which move by themselves.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var container in new[] { "events", "views", "parked" })
        {
            counts[container] = (await ReadAsync(container, "SELECT * FROM c")).Count;
        }

        return counts;
    }

    /// <summary>Every event in the store.</summary>
    public async Task<IReadOnlyList<StoredEvent>> EventsAsync() =>
        [.. (await ReadAsync("events", "SELECT * FROM c WHERE c.kind = 'event'")).Select(StoredEvent.Of)];

    /// <summary>The version of every stream, as its head tells it.</summary>
    public async Task<IReadOnlyDictionary<string, long>> HeadsAsync() => (await ReadAsync("events", "SELECT * FROM c WHERE c.kind = 'head'"))
        .ToDictionary(head => head.GetProperty("stream").GetString()!, head => head.GetProperty("version").GetInt64(), StringComparer.Ordinal);

    /// <summary>The events of one stream, in order.</summary>
    public async Task<IReadOnlyList<StoredEvent>> StreamAsync(string stream) =>
        [.. (await EventsAsync()).Where(stored => stored.Stream == stream).OrderBy(stored => stored.Version)];

    /// <summary>The views of one kind.</summary>
    public async Task<IReadOnlyList<JsonElement>> ViewsAsync(string kind) =>
        [.. (await ReadAsync("views", "SELECT * FROM c")).Where(view => view.GetProperty("kind").GetString() == kind)];

    private async Task<IReadOnlyList<JsonElement>> ReadAsync(string container, string query)
    {
        var items = new List<JsonElement>();
        using var feed = _client.GetContainer(LocalRuntime.DatabaseName, container).GetItemQueryIterator<JsonElement>(query);
        while (feed.HasMoreResults)
        {
            items.AddRange(await feed.ReadNextAsync());
        }

        return items;
    }
}

/// <summary>An event as it lies in the store.</summary>
internal sealed record StoredEvent(string Stream, long Version, string Type, string EventId, string CorrelationId)
{
    public static StoredEvent Of(JsonElement item) => new(
        item.GetProperty("stream").GetString()!,
        item.GetProperty("version").GetInt64(),
        item.GetProperty("type").GetString()!,
        item.GetProperty("eventId").GetString()!,
        item.GetProperty("metadata").GetProperty("correlationId").GetString()!);

    /// <summary>Whether the timeline of an order has an entry for it.</summary>
    public bool ConcernsAnOrder => Type is not ("stock-replenished" or "low-stock-alerted");
}
