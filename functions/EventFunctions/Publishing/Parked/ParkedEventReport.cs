using System.Text.Json;
using EventFunctions.EventSourcing;

namespace EventFunctions.Publishing.Parked;

/// <summary>A parked event as operators see it.</summary>
/// <param name="Stream">The event's stream.</param>
/// <param name="Id">The id of the event's document.</param>
/// <param name="Status"><c>open</c>, or <c>discarded</c>.</param>
/// <param name="Code">Why it was not published, stable.</param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="ParkedAt">When first, UTC.</param>
/// <param name="Discarded">Who decided that it is never to be published, why and when.</param>
/// <param name="Document">The event as it is stored; absent in a list, and where the store has none.</param>
public sealed record ParkedEventReport(
    string Stream,
    string Id,
    string Status,
    string Code,
    string Reason,
    DateTimeOffset ParkedAt,
    Discard? Discarded,
    JsonElement? Document = null)
{
    /// <summary>The report of a parked event.</summary>
    public static ParkedEventReport Of(ParkedEvent parked)
    {
        ArgumentNullException.ThrowIfNull(parked);
        return new ParkedEventReport(
            parked.Source.Stream,
            parked.Source.Id,
            parked.Discarded is null ? "open" : "discarded",
            parked.Code,
            parked.Reason,
            parked.ParkedAt,
            parked.Discarded);
    }

    /// <summary>404: the event is not parked.</summary>
    internal static Http.Problem NotParked(DocumentReference source) =>
        Http.Problem.NotFound("event-not-parked", $"Event '{source.Id}' of '{source.Stream}' is not parked, or not any more.");
}
