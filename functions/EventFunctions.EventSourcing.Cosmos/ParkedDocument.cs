using System.Globalization;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>A parked event as an item.</summary>
/// <param name="Id">The id of the event's document.</param>
/// <param name="Stream">The event's stream: the partition key.</param>
/// <param name="Kind"><see cref="Open"/> or <see cref="Closed"/>.</param>
/// <param name="Code">Why it is parked, stable.</param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="ParkedAt">The order of a list: a time as text of one length, because the store compares text.</param>
/// <param name="Discarded">The decision not to publish it, where there is one.</param>
internal sealed record ParkedDocument(
    string Id, string Stream, string Kind, string Code, string Reason, string ParkedAt, Discard? Discarded = null)
{
    /// <summary>The kind of what waits.</summary>
    public const string Open = "parked";

    /// <summary>The kind of what was discarded.</summary>
    public const string Closed = "discarded";

    public static ParkedDocument Of(ParkedEvent parked) => new(
        parked.Source.Id,
        parked.Source.Stream,
        parked.Discarded is null ? Open : Closed,
        parked.Code,
        parked.Reason,
        parked.ParkedAt.UtcDateTime.ToString("O"),
        parked.Discarded);

    public ParkedEvent ToParked() => new(
        new DocumentReference(Stream, Id),
        Code,
        Reason,
        DateTimeOffset.Parse(ParkedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        Discarded);
}
