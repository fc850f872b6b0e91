namespace EventFunctions.EventSourcing;

/// <summary>Handles events as they are delivered: repeated, late, out of order or with some missing.</summary>
public interface IEventHandler
{
    /// <summary>Handles one event; handling it again changes nothing.</summary>
    Task<ProjectionOutcome> HandleAsync(EventEnvelope envelope, CancellationToken cancellationToken = default);
}
