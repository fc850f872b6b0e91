namespace EventFunctions.EventSourcing;

/// <summary>Keeps copies of events that are taken out of their streams.</summary>
/// <remarks>Every member fails with <see cref="StoreUnavailableException"/> when the archive cannot be reached or is overloaded.</remarks>
public interface IEventArchive
{
    /// <summary>The copies with a version from <paramref name="from"/> to <paramref name="through"/>, by version; missing ones are left out.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="from">The first version: 1 or more.</param>
    /// <param name="through">The last version, inclusive. All that is found is held in memory.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<StoredEvent>> ReadAsync(StreamName stream, long from, long through, CancellationToken cancellationToken = default);

    /// <summary>Writes copies; one that is there already is replaced.</summary>
    Task WriteAsync(StreamName stream, IReadOnlyList<EventDocument> events, CancellationToken cancellationToken = default);

    /// <summary>Deletes copies up to a version, the oldest first, as many as one step takes.</summary>
    /// <returns>How many were deleted; 0 when none is left.</returns>
    Task<int> DeleteAsync(StreamName stream, long through, CancellationToken cancellationToken = default);
}

/// <summary>Keeps the tombstones of streams, in the streams themselves.</summary>
/// <remarks>Every member fails with <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded.</remarks>
public interface ITombstones
{
    /// <summary>The tombstone of a stream, or <see langword="null"/> if nothing was taken out of it.</summary>
    /// <exception cref="StreamCorruptedException">The tombstone cannot be read.</exception>
    Task<StoredTombstone?> FindAsync(StreamName stream, CancellationToken cancellationToken = default);

    /// <summary>Writes a tombstone in the place of another.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="tombstone">The tombstone.</param>
    /// <param name="token">The token of the one it takes the place of; <see langword="null"/> if there must be none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was written; <see langword="false"/> if another writer came first.</returns>
    Task<bool> SaveAsync(StreamName stream, Tombstone tombstone, string? token, CancellationToken cancellationToken = default);
}
