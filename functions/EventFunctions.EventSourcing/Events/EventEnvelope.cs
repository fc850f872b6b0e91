namespace EventFunctions.EventSourcing;

/// <summary>An event at its place in a stream.</summary>
/// <param name="EventId">Name-based id of (command id, stream, index): the same event keeps it through every retry.</param>
/// <param name="Stream">The stream that holds the event.</param>
/// <param name="Version">The stream's version after the event; the first event has 1.</param>
/// <param name="Type">The present name of the event's type; it may be stored under a former one.</param>
/// <param name="SchemaVersion">
/// The schema version of <paramref name="Data"/>: the newest that the code knows; it may be stored in an older one.
/// </param>
/// <param name="Time">When the event was decided, UTC.</param>
/// <param name="Data">What happened.</param>
/// <param name="Metadata">The circumstances.</param>
public sealed record EventEnvelope(
    Guid EventId,
    StreamName Stream,
    long Version,
    string Type,
    int SchemaVersion,
    DateTimeOffset Time,
    IDomainEvent Data,
    EventMetadata Metadata);
