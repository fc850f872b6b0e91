namespace EventFunctions.EventSourcing;

/// <summary>Applies many events at once to the views of a projection, each view read and written as rarely as possible.</summary>
public interface IEventReplay
{
    /// <summary>
    /// Applies events. Those a view shows already are passed over, and those that are missing before an event are read from
    /// the store, so a batch may be applied again, and while the same events are handled live.
    /// </summary>
    /// <param name="events">Any events of the projection's categories; those of one stream by version.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was written; a stream that failed stops at the event before and does not stop the others.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached; the batch is to be applied again.</exception>
    Task<ReplayResult> ApplyAsync(IReadOnlyList<EventEnvelope> events, CancellationToken cancellationToken = default);
}

/// <summary>What came of a batch.</summary>
/// <param name="ViewsWritten">How many writes it took.</param>
/// <param name="Failures">The streams that failed, each with its first failing event.</param>
public sealed record ReplayResult(int ViewsWritten, IReadOnlyList<StreamFailure> Failures);
