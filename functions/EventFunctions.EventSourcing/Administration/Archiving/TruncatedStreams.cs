using System.Runtime.CompilerServices;

namespace EventFunctions.EventSourcing;

/// <summary>Reads on where a stream was truncated: from the archive.</summary>
/// <remarks>A store asks only where an event is missing, so a stream that was never truncated costs nothing more.</remarks>
/// <param name="tombstones">Tell what was taken out.</param>
/// <param name="archive">Has the copies.</param>
/// <param name="serializer">Reads them.</param>
public sealed class TruncatedStreams(ITombstones tombstones, IEventArchive archive, EventSerializer serializer)
{
    private const int Window = 256;

    /// <summary>
    /// The events that were taken out of a stream, from a version on, in order and without gaps; none if nothing was taken out
    /// there. The stream itself goes on after them.
    /// </summary>
    /// <exception cref="StreamTruncatedException">The events were taken out and no copy was kept.</exception>
    /// <exception cref="StreamCorruptedException">A copy is missing.</exception>
    /// <exception cref="UnknownEventTypeException">An event's type is not registered.</exception>
    /// <exception cref="EventFormatException">An event cannot be read.</exception>
    public async IAsyncEnumerable<EventEnvelope> ReadAsync(
        StreamName stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var through = await ThroughAsync(stream, fromVersion, cancellationToken);
        for (var next = fromVersion; next <= through;)
        {
            var last = Math.Min(through, next + Window - 1);
            foreach (var stored in await archive.ReadAsync(stream, next, last, cancellationToken))
            {
                yield return stored.Version == next++ ? await serializer.ReadAsync(stored.ToDocument(), cancellationToken) : throw Missing(stream, next - 1);
            }

            if (next != last + 1)
            {
                throw Missing(stream, next);
            }
        }
    }

    /// <summary>The event that brought a stream to a version, if it was taken out of the stream.</summary>
    /// <exception cref="StreamTruncatedException">The event was taken out and no copy was kept.</exception>
    /// <exception cref="StreamCorruptedException">The copy is missing.</exception>
    /// <exception cref="UnknownEventTypeException">The event's type is not registered.</exception>
    /// <exception cref="EventFormatException">The event cannot be read.</exception>
    public async Task<EventEnvelope?> FindAsync(StreamName stream, long version, CancellationToken cancellationToken = default)
    {
        if (await ThroughAsync(stream, version, cancellationToken) < version)
        {
            return null;
        }

        var found = await archive.ReadAsync(stream, version, version, cancellationToken);
        return found.Count == 1 ? await serializer.ReadAsync(found[0].ToDocument(), cancellationToken) : throw Missing(stream, version);
    }

    /// <summary>The last version that was taken out, if the one asked for was; 0 if not.</summary>
    private async Task<long> ThroughAsync(StreamName stream, long version, CancellationToken cancellationToken)
    {
        var found = await tombstones.FindAsync(stream, cancellationToken);
        if (found is not { Tombstone: var tombstone } || tombstone.Through < version)
        {
            return 0;
        }

        return version >= tombstone.KeptFrom
            ? tombstone.Through
            : throw new StreamTruncatedException(stream, version, tombstone.KeptFrom);
    }

    private static StreamCorruptedException Missing(StreamName stream, long version) =>
        new(stream, version, "the event was archived, and the archive does not have it. Restore the archive, or import the event from a backup.");
}
