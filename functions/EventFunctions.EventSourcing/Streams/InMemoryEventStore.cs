using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Keeps streams in memory, as the JSON another store would keep.</summary>
public sealed class InMemoryEventStore(EventSerializer serializer) : IEventStore, IEventLookup
{
    private readonly ConcurrentDictionary<StreamName, StoredStream> _streams = new();

    private InMemoryEventStore(EventSerializer serializer, ConcurrentDictionary<StreamName, StoredStream> streams)
        : this(serializer) => _streams = streams;

    /// <summary>The same streams as other code writes and reads them, e.g. the code before or after a deployment.</summary>
    /// <param name="other">Knows that code's event types.</param>
    public InMemoryEventStore SeenBy(EventSerializer other) => new(other, _streams);

    /// <inheritdoc/>
    public Task<StreamHead> LoadHeadAsync(StreamName stream, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_streams.TryGetValue(stream, out var stored) ? stored.Head : StreamHead.Absent);
    }

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(StreamAppend append, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(append);
        cancellationToken.ThrowIfCancellationRequested();
        var items = append.Events.Select(e => JsonSerializer.SerializeToUtf8Bytes(serializer.Write(e), EventJson.Options)).ToList();
        var token = Guid.NewGuid().ToString("N");
        var head = append.Head with { Token = token };
        return Task.FromResult<AppendResult>(
            TryWrite(append.Stream, append.Head.Token, head, items) ? new AppendResult.Appended(token) : new AppendResult.Conflict());
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<EventEnvelope> ReadAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromVersion, 1);
        return ReadCoreAsync(stream, fromVersion, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<EventEnvelope?> FindAsync(StreamName stream, long version, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, EventDocument.MaxVersion);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(
            _streams.TryGetValue(stream, out var stored) && version <= stored.Items.Count ? serializer.Read(stored.Items[(int)version - 1]) : null);
    }

    /// <summary>The events of all streams, those of one stream in order.</summary>
    internal IEnumerable<EventEnvelope> ReadAll() => _streams.Values.SelectMany(stored => stored.Items).Select(item => serializer.Read(item));

    private async IAsyncEnumerable<EventEnvelope> ReadCoreAsync(
        StreamName stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (!_streams.TryGetValue(stream, out var stored))
        {
            yield break;
        }

        for (var version = fromVersion; version <= stored.Items.Count; version++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return serializer.Read(stored.Items[(int)version - 1]);
        }
    }

    /// <summary>The one step: a whole stream takes the place of a whole stream, or nothing happens.</summary>
    private bool TryWrite(StreamName stream, string? expectedToken, StreamHead head, List<byte[]> items)
    {
        if (expectedToken is null)
        {
            return _streams.TryAdd(stream, new StoredStream(head, [.. items]));
        }

        return _streams.TryGetValue(stream, out var current)
            && current.Head.Token == expectedToken
            && _streams.TryUpdate(stream, new StoredStream(head, current.Items.AddRange(items)), current);
    }

    /// <summary>Never changed once it is stored, so a reader needs no lock. Compared by reference.</summary>
    private sealed class StoredStream(StreamHead head, ImmutableList<byte[]> items)
    {
        public StreamHead Head { get; } = head;

        public ImmutableList<byte[]> Items { get; } = items;
    }
}
