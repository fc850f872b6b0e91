using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace EventFunctions.EventSourcing;

/// <summary>What an <see cref="InMemoryEventStore"/> and its administration keep together. Safe for concurrent use.</summary>
internal sealed class InMemoryStreams
{
    /// <summary>The streams.</summary>
    public ConcurrentDictionary<StreamName, StoredStream> Streams { get; } = new();

    /// <summary>The copies of events that were taken out, by version.</summary>
    public ConcurrentDictionary<StreamName, ImmutableSortedDictionary<long, byte[]>> Archive { get; } = new();

    /// <summary>What stands for them.</summary>
    public ConcurrentDictionary<StreamName, StoredTombstone> Tombstones { get; } = new();

    /// <summary>The order of the commits.</summary>
    public InMemoryFeed Feed { get; } = new();

    /// <summary>The one step: a whole stream takes the place of a whole stream, or nothing happens.</summary>
    public bool TryWrite(StreamName stream, string? expectedToken, StreamHead head, IReadOnlyList<KeyValuePair<long, byte[]>> items) =>
        Feed.Commit(() => TryReplace(stream, expectedToken, head, items), stream, items.Select(item => item.Key));

    /// <summary>A page of the feed; what was archived since is in it no more.</summary>
    public Task<EventFeedPage> ReadFeedAsync(EventFeedRequest request, EventSerializer serializer, CancellationToken cancellationToken) => Feed.ReadAsync(
        request,
        serializer,
        (stream, version) => Streams.TryGetValue(stream, out var stored) ? stored.Items.GetValueOrDefault(version) : null,
        cancellationToken);

    private bool TryReplace(StreamName stream, string? expectedToken, StreamHead head, IReadOnlyList<KeyValuePair<long, byte[]>> items)
    {
        if (expectedToken is null)
        {
            return Streams.TryAdd(stream, new StoredStream(head, ImmutableSortedDictionary.CreateRange(items)));
        }

        return Streams.TryGetValue(stream, out var current)
            && current.Head.Token == expectedToken
            && Streams.TryUpdate(stream, new StoredStream(head, current.Items.AddRange(items)), current);
    }

    /// <summary>Never changed once it is stored, so a reader needs no lock. Compared by reference.</summary>
    /// <param name="head">The head.</param>
    /// <param name="items">The events, by version.</param>
    internal sealed class StoredStream(StreamHead head, ImmutableSortedDictionary<long, byte[]> items)
    {
        public StreamHead Head { get; } = head;

        public ImmutableSortedDictionary<long, byte[]> Items { get; } = items;
    }
}
