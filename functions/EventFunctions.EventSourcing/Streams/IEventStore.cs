namespace EventFunctions.EventSourcing;

/// <summary>Keeps streams of events, each with a head.</summary>
/// <remarks>
/// Every member fails with <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded; an
/// append may have been written then, and the same command tried again will find out.
/// </remarks>
public interface IEventStore
{
    /// <summary>The head of a stream; <see cref="StreamHead.Absent"/> if it does not exist.</summary>
    Task<StreamHead> LoadHeadAsync(StreamName stream, CancellationToken cancellationToken = default);

    /// <summary>Writes the events and the head in one atomic step, if the head is still the one that was loaded.</summary>
    /// <exception cref="AppendTooLargeException">The store cannot write that much in one step; nothing was written.</exception>
    /// <exception cref="StreamCorruptedException">An event stands where the head says there is none; nothing was written.</exception>
    Task<AppendResult> AppendAsync(StreamAppend append, CancellationToken cancellationToken = default);

    /// <summary>
    /// The events of a stream from a version on, in order and without gaps; none if the stream ends before it. Events that
    /// were archived are read from the archive.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="fromVersion">The version of the first event to read: 1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version is less than 1.</exception>
    /// <exception cref="StreamCorruptedException">An event is missing.</exception>
    /// <exception cref="StreamTruncatedException">Events were taken out of the stream and no copy was kept.</exception>
    /// <exception cref="UnknownEventTypeException">An event's type is not registered.</exception>
    /// <exception cref="EventFormatException">An event cannot be read.</exception>
    IAsyncEnumerable<EventEnvelope> ReadAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken = default);
}
