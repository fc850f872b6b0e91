namespace EventFunctions.Publishing;

/// <summary>Remembers the events that cannot be published, until somebody has mended the cause.</summary>
public interface IParkedEvents
{
    /// <summary>Parks an event; parking it again replaces the reason.</summary>
    Task ParkAsync(ParkedEvent parked, CancellationToken cancellationToken);
}

/// <summary>An event that was not published. The event itself stays where it is: in its stream.</summary>
/// <param name="Source">Which document.</param>
/// <param name="Code">Why, stable: <c>unreadable</c>, <c>unknown-type</c>, <c>unknown-category</c> or <c>too-large</c>.</param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="ParkedAt">When, UTC.</param>
public sealed record ParkedEvent(DocumentReference Source, string Code, string Reason, DateTimeOffset ParkedAt);
