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

    /// <summary>How many events the relay is done with: the audit trail keeps each that it has published, and the others are parked.</summary>
    public async Task<int> CountRelayedAsync() =>
        (await ReadAsync("audit", "SELECT VALUE c.id FROM c")).Count + (await ReadAsync("parked", "SELECT VALUE c.id FROM c")).Count;

    /// <summary>Every event in the store.</summary>
    public async Task<IReadOnlyList<StoredEvent>> EventsAsync() =>
        [.. (await ReadAsync("events", "SELECT * FROM c WHERE c.kind = 'event'")).Select(StoredEvent.Of)];

    /// <summary>The version of every stream, as its head tells it.</summary>
    public async Task<IReadOnlyDictionary<string, long>> HeadsAsync() => (await ReadAsync("events", "SELECT * FROM c WHERE c.kind = 'head'"))
        .ToDictionary(head => head.GetProperty("stream").GetString()!, head => head.GetProperty("version").GetInt64(), StringComparer.Ordinal);

    /// <summary>The events of one stream, in order.</summary>
    public async Task<IReadOnlyList<StoredEvent>> StreamAsync(string stream) =>
        [.. (await EventsAsync()).Where(stored => stored.Stream == stream).OrderBy(stored => stored.Version)];

    /// <summary>What the relay has parked of one stream.</summary>
    public async Task<IReadOnlyList<JsonElement>> ParkedAsync(string stream) =>
        [.. (await ReadAsync("parked", "SELECT * FROM c")).Where(item => item.GetRawText().Contains(stream, StringComparison.Ordinal))];

    /// <summary>Writes the first event of a stream as it lies in the store, whatever code may have written it.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="type">The event's name.</param>
    /// <param name="schemaVersion">The schema version of the data.</param>
    /// <param name="data">The event's data as JSON.</param>
    public async Task BeginStreamAsync(string stream, string type, int schemaVersion, string data)
    {
        using var head = Utf8($$"""
            {"id":"head","stream":"{{stream}}","kind":"head","version":1,"time":"2020-03-01T10:00:00+00:00","commands":[]}
            """);
        using var first = Utf8($$"""
            {"id":"0000000001","stream":"{{stream}}","kind":"event","version":1,"eventId":"{{Guid.NewGuid()}}","type":"{{type}}",
            "schemaVersion":{{schemaVersion}},"time":"2020-03-01T10:00:00+00:00","data":{{data}},
            "metadata":{"commandId":"{{Guid.NewGuid()}}","correlationId":"{{stream}}"} }
            """);
        using var response = await _client.GetContainer(LocalRuntime.DatabaseName, "events")
            .CreateTransactionalBatch(new PartitionKey(stream)).CreateItemStream(head).CreateItemStream(first).ExecuteAsync();
        Assert.True(response.IsSuccessStatusCode, response.ErrorMessage);
    }

    /// <summary>The views of one kind.</summary>
    public async Task<IReadOnlyList<JsonElement>> ViewsAsync(string kind) =>
        [.. (await ReadAsync("views", "SELECT * FROM c")).Where(view => view.GetProperty("kind").GetString() == kind)];

    private static MemoryStream Utf8(string json) => new(System.Text.Encoding.UTF8.GetBytes(json));

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
internal sealed record StoredEvent(
    string Stream, long Version, string Type, int SchemaVersion, string EventId, string CorrelationId, string Data, string? CausationId, string? TraceParent)
{
    public static StoredEvent Of(JsonElement item) => new(
        item.GetProperty("stream").GetString()!,
        item.GetProperty("version").GetInt64(),
        item.GetProperty("type").GetString()!,
        item.GetProperty("schemaVersion").GetInt32(),
        item.GetProperty("eventId").GetString()!,
        item.GetProperty("metadata").GetProperty("correlationId").GetString()!,
        item.GetProperty("data").GetRawText(),
        TextOf(item.GetProperty("metadata"), "causationId"),
        TextOf(item.GetProperty("metadata"), "traceParent"));

    private static string? TextOf(JsonElement metadata, string name) => metadata.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static readonly string[] ContextsWithoutOrders = ["catalog", "customers", "notifications"];

    /// <summary>Whether the timeline of an order has an entry for it.</summary>
    public bool ConcernsAnOrder => Type is not ("stock-replenished" or "low-stock-alerted")
        && !ContextsWithoutOrders.Contains(Stream[..Stream.IndexOf('-', StringComparison.Ordinal)], StringComparer.Ordinal);
}
