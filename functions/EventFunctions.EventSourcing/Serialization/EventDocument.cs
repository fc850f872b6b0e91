using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>An event as JSON: the stored item and the body of the message that publishes it.</summary>
/// <param name="Id">The version, zero-padded to ten digits: unique in the stream, in the order of versions.</param>
/// <param name="Stream">The stream's name.</param>
/// <param name="Kind">Always <c>event</c>; tells an event from the other items of its partition.</param>
/// <param name="Version">The stream's version after the event.</param>
/// <param name="EventId">The event's id.</param>
/// <param name="Type">The name that the event's type had when it was written.</param>
/// <param name="SchemaVersion">The schema version that <paramref name="Data"/> was written with.</param>
/// <param name="Time">When the event was decided, UTC.</param>
/// <param name="Data">What happened.</param>
/// <param name="Metadata">The circumstances.</param>
public sealed record EventDocument(
    string Id,
    string Stream,
    string Kind,
    long Version,
    Guid EventId,
    string Type,
    int SchemaVersion,
    DateTimeOffset Time,
    JsonElement Data,
    EventMetadata Metadata)
{
    /// <summary>The <see cref="Kind"/> of every event.</summary>
    public const string EventKind = "event";

    /// <summary>The highest version that has a place in an id.</summary>
    public const long MaxVersion = 9_999_999_999;

    /// <summary>The id of the event at a version of its stream: ten digits.</summary>
    /// <param name="version">1 to <see cref="MaxVersion"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version has no place in ten digits.</exception>
    public static string IdOf(long version)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, MaxVersion);
        return version.ToString("D10");
    }
}
