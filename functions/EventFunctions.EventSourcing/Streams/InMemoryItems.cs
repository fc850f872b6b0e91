using System.Collections.Immutable;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Events in memory as the items another store would keep.</summary>
internal static class InMemoryItems
{
    public static IReadOnlyList<StoredEvent> Between(ImmutableSortedDictionary<long, byte[]> items, long from, long through)
    {
        // A dictionary knows no ranges; a window is looked up version by version where it is smaller than the stream.
        var last = items.IsEmpty ? 0 : Math.Min(through, items.Keys.Last());
        var versions = last - from < items.Count ? Range(from, last).Where(items.ContainsKey) : items.Keys.Where(v => v >= from && v <= last);
        return [.. versions.Select(version => Read(version, items[version]))];
    }

    private static IEnumerable<long> Range(long from, long through)
    {
        for (var version = from; version <= through; version++)
        {
            yield return version;
        }
    }

    private static StoredEvent Read(long version, byte[] item)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(item, EventJson.Options);
        return new StoredEvent(EventDocument.IdOf(version), version, json);
    }
}
