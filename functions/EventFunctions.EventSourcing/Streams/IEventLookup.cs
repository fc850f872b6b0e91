namespace EventFunctions.EventSourcing;

/// <summary>Finds single events, each at the price of one point read, or a second one where there is none.</summary>
/// <remarks>It fails with <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded.</remarks>
public interface IEventLookup
{
    /// <summary>The event that brought a stream to a version, or <see langword="null"/> if the stream has not come so far.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="version">1 to <see cref="EventDocument.MaxVersion"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">No event has such a version.</exception>
    /// <exception cref="StreamTruncatedException">The event was taken out of the stream and no copy was kept.</exception>
    /// <exception cref="UnknownEventTypeException">The event's type is not registered.</exception>
    /// <exception cref="EventFormatException">The event cannot be read.</exception>
    Task<EventEnvelope?> FindAsync(StreamName stream, long version, CancellationToken cancellationToken = default);
}
