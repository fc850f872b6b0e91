using System.Runtime.CompilerServices;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Keeps streams in memory, as the JSON another store would keep.</summary>
public sealed class InMemoryEventStore : IEventStore, IEventLookup, IEventFeed
{
    private readonly EventSerializer _serializer;
    private readonly TruncatedStreams _truncated;

    /// <summary>Creates an empty store.</summary>
    /// <param name="serializer">Writes and reads the events.</param>
    public InMemoryEventStore(EventSerializer serializer)
        : this(serializer, new InMemoryStreams())
    {
    }

    private InMemoryEventStore(EventSerializer serializer, InMemoryStreams kept)
    {
        Kept = kept;
        _serializer = serializer;
        _truncated = new TruncatedStreams(new InMemoryTombstones(this), new InMemoryEventArchive(this), serializer);
    }

    /// <summary>What is kept.</summary>
    internal InMemoryStreams Kept { get; }

    /// <summary>The same streams as other code writes and reads them, e.g. the code before or after a deployment.</summary>
    /// <param name="other">Knows that code's event types.</param>
    public InMemoryEventStore SeenBy(EventSerializer other) => new(other, Kept);

    /// <inheritdoc/>
    public Task<StreamHead> LoadHeadAsync(StreamName stream, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Kept.Streams.TryGetValue(stream, out var stored) ? stored.Head : StreamHead.Absent);
    }

    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(StreamAppend append, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(append);
        cancellationToken.ThrowIfCancellationRequested();
        var items = (await _serializer.WriteAsync(append.Events, cancellationToken))
            .Select(e => KeyValuePair.Create(e.Version, JsonSerializer.SerializeToUtf8Bytes(e, EventJson.Options)))
            .ToList();
        var token = Guid.NewGuid().ToString("N");
        var head = append.Head with { Token = token };
        return Kept.TryWrite(append.Stream, append.Head.Token, head, items) ? new AppendResult.Appended(token) : new AppendResult.Conflict();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<EventEnvelope> ReadAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromVersion, 1);
        return ReadCoreAsync(stream, fromVersion, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<EventEnvelope?> FindAsync(StreamName stream, long version, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, EventDocument.MaxVersion);
        cancellationToken.ThrowIfCancellationRequested();
        return Kept.Streams.TryGetValue(stream, out var stored) && stored.Items.TryGetValue(version, out var item)
            ? await _serializer.ReadAsync(item, cancellationToken)
            : await _truncated.FindAsync(stream, version, cancellationToken);
    }

    /// <summary>The events of all streams, those of one stream in order; their personal data is not opened.</summary>
    internal IEnumerable<EventEnvelope> ReadAll() =>
        Kept.Streams.Values.SelectMany(stored => stored.Items.Values).Select(item => _serializer.Read(item));

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListRangesAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Kept.Feed.Ranges);
    }

    /// <inheritdoc/>
    public Task<EventFeedPage> ReadAsync(EventFeedRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        return Kept.ReadFeedAsync(request, _serializer, cancellationToken);
    }

    private async IAsyncEnumerable<EventEnvelope> ReadCoreAsync(
        StreamName stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Kept.Streams.TryGetValue(stream, out var stored))
        {
            yield break;
        }

        var next = fromVersion;
        if (next <= stored.Head.Version && !stored.Items.ContainsKey(next))
        {
            await foreach (var archived in _truncated.ReadAsync(stream, next, cancellationToken))
            {
                yield return archived;
                next++;
            }
        }

        for (; next <= stored.Head.Version; next++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return stored.Items.TryGetValue(next, out var item)
                ? await _serializer.ReadAsync(item, cancellationToken)
                : throw new StreamCorruptedException(stream, next, "the event is missing.");
        }
    }
}
