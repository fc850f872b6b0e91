namespace EventFunctions.EventSourcing;

/// <summary>
/// Streams as the items they are stored as: for administration, which has to carry what it finds unchanged, whatever this
/// version of the code thinks of it.
/// </summary>
/// <remarks>Every member fails with <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded.</remarks>
public interface IStreamItems
{
    /// <summary>The events with a version from <paramref name="from"/> to <paramref name="through"/>, by version; missing ones are left out.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="from">The first version: 1 or more.</param>
    /// <param name="through">The last version, inclusive. All that is found is held in memory.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<StoredEvent>> ReadAsync(StreamName stream, long from, long through, CancellationToken cancellationToken = default);

    /// <summary>Writes events and head in one atomic step, if the stored head is the one the restoration follows.</summary>
    /// <exception cref="AppendTooLargeException">The store cannot write that much in one step; nothing was written.</exception>
    /// <exception cref="StreamCorruptedException">An event stands where the head says there is none; nothing was written.</exception>
    Task<AppendResult> RestoreAsync(StreamRestoration restoration, CancellationToken cancellationToken = default);

    /// <summary>Deletes events up to a version, the oldest first, as many as one step takes.</summary>
    /// <returns>How many were deleted; 0 when none is left.</returns>
    Task<int> DeleteAsync(StreamName stream, long through, CancellationToken cancellationToken = default);
}

/// <summary>What brings a stream to where it was: events that exist already, elsewhere or before.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Token">What the stored head must have, see <see cref="StreamHead.Token"/>; <see langword="null"/> if there must be none.</param>
/// <param name="Head">The head after it; its own token does not count.</param>
/// <param name="Events">In order; may be empty, to put right the head alone.</param>
public sealed record StreamRestoration(StreamName Stream, string? Token, StreamHead Head, IReadOnlyList<EventDocument> Events)
{
    /// <summary>The most events that fit one step of any store, beside the head.</summary>
    public const int MaxEvents = 99;

    /// <summary>The most bytes of events that fit one step of any store with room to spare for the head.</summary>
    public const int MaxBytes = 1024 * 1024;
}
