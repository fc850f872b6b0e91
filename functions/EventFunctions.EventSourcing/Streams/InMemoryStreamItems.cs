using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>The streams of an <see cref="InMemoryEventStore"/> as items.</summary>
/// <param name="store">The store.</param>
public sealed class InMemoryStreamItems(InMemoryEventStore store) : IStreamItems
{
    private const int DeletedAtOnce = 100;

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEvent>> ReadAsync(StreamName stream, long from, long through, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<StoredEvent>>(
            store.Kept.Streams.TryGetValue(stream, out var stored) ? InMemoryItems.Between(stored.Items, from, through) : []);
    }

    /// <inheritdoc/>
    public Task<AppendResult> RestoreAsync(StreamRestoration restoration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(restoration);
        cancellationToken.ThrowIfCancellationRequested();
        var items = restoration.Events
            .Select(e => KeyValuePair.Create(e.Version, JsonSerializer.SerializeToUtf8Bytes(e, EventJson.Options)))
            .ToList();
        var token = Guid.NewGuid().ToString("N");
        var head = restoration.Head with { Token = token };
        return Task.FromResult<AppendResult>(
            store.Kept.TryWrite(restoration.Stream, restoration.Token, head, items)
                ? new AppendResult.Appended(token)
                : new AppendResult.Conflict());
    }

    /// <inheritdoc/>
    public Task<int> DeleteAsync(StreamName stream, long through, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (store.Kept.Streams.TryGetValue(stream, out var current))
        {
            var oldest = current.Items.Keys.TakeWhile(version => version <= through).Take(DeletedAtOnce).ToList();
            var remaining = new InMemoryStreams.StoredStream(current.Head, current.Items.RemoveRange(oldest));
            if (store.Kept.Streams.TryUpdate(stream, remaining, current))
            {
                return Task.FromResult(oldest.Count);
            }
        }

        return Task.FromResult(0);
    }
}
