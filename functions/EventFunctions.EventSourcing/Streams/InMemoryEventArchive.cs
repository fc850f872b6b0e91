using System.Collections.Immutable;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>The archive of an <see cref="InMemoryEventStore"/>.</summary>
/// <param name="store">The store.</param>
public sealed class InMemoryEventArchive(InMemoryEventStore store) : IEventArchive
{
    private const int DeletedAtOnce = 100;

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEvent>> ReadAsync(StreamName stream, long from, long through, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<StoredEvent>>(
            store.Kept.Archive.TryGetValue(stream, out var copies) ? InMemoryItems.Between(copies, from, through) : []);
    }

    /// <inheritdoc/>
    public Task WriteAsync(StreamName stream, IReadOnlyList<EventDocument> events, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var items = events.Select(e => KeyValuePair.Create(e.Version, JsonSerializer.SerializeToUtf8Bytes(e, EventJson.Options))).ToList();
        store.Kept.Archive.AddOrUpdate(
            stream, _ => ImmutableSortedDictionary.CreateRange(items), (_, copies) => copies.SetItems(items));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> DeleteAsync(StreamName stream, long through, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (store.Kept.Archive.TryGetValue(stream, out var current))
        {
            var oldest = current.Keys.TakeWhile(version => version <= through).Take(DeletedAtOnce).ToList();
            if (store.Kept.Archive.TryUpdate(stream, current.RemoveRange(oldest), current))
            {
                return Task.FromResult(oldest.Count);
            }
        }

        return Task.FromResult(0);
    }
}
