namespace EventFunctions.EventSourcing;

/// <summary>An event that was not published. The event itself stays where it is: in its stream.</summary>
/// <param name="Source">Which document.</param>
/// <param name="Code">Why, stable: e.g. <c>unreadable</c>, <c>unknown-type</c>, <c>unknown-category</c>, <c>too-large</c> or <c>missing</c>.</param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="ParkedAt">When first, UTC.</param>
/// <param name="Discarded">That it is never to be published, where somebody has decided so.</param>
public sealed record ParkedEvent(DocumentReference Source, string Code, string Reason, DateTimeOffset ParkedAt, Discard? Discarded = null)
{
    /// <summary>What is kept when the event is parked again.</summary>
    /// <param name="kept">What is kept so far, if anything.</param>
    public ParkedEvent After(ParkedEvent? kept) => kept switch
    {
        null => this with { Source = Source.Named() },
        { Discarded: not null } => kept,
        _ => kept with { Code = Code, Reason = Reason },
    };
}

/// <summary>The decision that an event is never to be published.</summary>
/// <param name="Reason">Why.</param>
/// <param name="At">When, UTC.</param>
/// <param name="User">Who, as far as known.</param>
/// <param name="ClientAddress">From which address.</param>
/// <param name="CorrelationId">The request that said so.</param>
public sealed record Discard(string Reason, DateTimeOffset At, string? User, string? ClientAddress, string CorrelationId);

/// <summary>Where a document of the store lies.</summary>
/// <param name="Stream">Its partition; empty where the document names none.</param>
/// <param name="Id">Its id; empty where the document has none.</param>
public sealed record DocumentReference(string Stream, string Id)
{
    /// <summary>What stands for a part that the document does not tell.</summary>
    public const string Unidentified = "unidentified";

    /// <summary>The reference under which the document is parked: no part is empty.</summary>
    public DocumentReference Named() => new(Stream.Length > 0 ? Stream : Unidentified, Id.Length > 0 ? Id : Unidentified);
}
