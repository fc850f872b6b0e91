using System.Runtime.CompilerServices;

namespace EventFunctions.EventSourcing;

/// <summary>All of a stream's events as they are stored, wherever they are: in the stream or in the archive.</summary>
/// <param name="items">Reads the streams.</param>
/// <param name="archive">Reads the archive.</param>
/// <param name="tombstones">Tell what was taken out.</param>
public sealed class StreamHistory(IStreamItems items, IEventArchive archive, ITombstones tombstones)
{
    private const int Window = 256;

    /// <summary>The events from a version through another, in order and without gaps.</summary>
    /// <exception cref="StreamCorruptedException">An event is missing or unreadable.</exception>
    /// <exception cref="StreamTruncatedException">Events were taken out of the stream and no copy was kept.</exception>
    public async IAsyncEnumerable<EventDocument> ReadAsync(
        StreamName stream, long from, long through, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var tombstone = (await tombstones.FindAsync(stream, cancellationToken))?.Tombstone;
        for (var next = from; next <= through;)
        {
            var window = await ReadWindowAsync(stream, tombstone, next, through, cancellationToken);
            if (window.Count <= LastOf(tombstone, next, through) - next)
            {
                // Taken out of the stream just now?
                tombstone = (await tombstones.FindAsync(stream, cancellationToken))?.Tombstone;
                window = await ReadWindowAsync(stream, tombstone, next, through, cancellationToken);
            }

            var last = LastOf(tombstone, next, through);
            foreach (var document in EventRun.Check(stream, window, next, last))
            {
                yield return document;
            }

            next = last + 1;
        }
    }

    private static long LastOf(Tombstone? tombstone, long from, long through) =>
        Math.Min(from + Window - 1, tombstone is not null && from <= tombstone.Through ? Math.Min(through, tombstone.Through) : through);

    private Task<IReadOnlyList<StoredEvent>> ReadWindowAsync(
        StreamName stream, Tombstone? tombstone, long from, long through, CancellationToken cancellationToken)
    {
        var last = LastOf(tombstone, from, through);
        if (tombstone is null || from > tombstone.Through)
        {
            return items.ReadAsync(stream, from, last, cancellationToken);
        }

        return from >= tombstone.KeptFrom
            ? archive.ReadAsync(stream, from, last, cancellationToken)
            : throw new StreamTruncatedException(stream, from, tombstone.KeptFrom);
    }
}
