using System.Globalization;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>A stalled stream as an item of the container of the views.</summary>
/// <param name="Id">The stream's name.</param>
/// <param name="Partition">The projection's, see <see cref="PartitionOf"/>.</param>
/// <param name="Kind">Always <see cref="StalledKind"/>.</param>
/// <param name="Projection">The projection's name.</param>
/// <param name="Version">The version of the first event that fails.</param>
/// <param name="Type">The stored name of its type, where it could be read.</param>
/// <param name="EventId">Its id, where it could be read.</param>
/// <param name="Awaited">The version of the newest event that waits.</param>
/// <param name="Error">Why it fails.</param>
/// <param name="FirstSeen">Since when, and the order of a list: a time as text of one length, because the store compares text.</param>
/// <param name="LastSeen">When it failed last.</param>
/// <param name="Attempts">How often it failed.</param>
internal sealed record StalledDocument(
    string Id,
    string Partition,
    string Kind,
    string Projection,
    long Version,
    string? Type,
    Guid? EventId,
    long Awaited,
    string Error,
    string FirstSeen,
    DateTimeOffset LastSeen,
    int Attempts)
{
    /// <summary>The kind of every such item.</summary>
    public const string StalledKind = "stalled-stream";

    /// <summary>The partition of a projection's stalled streams.</summary>
    public static string PartitionOf(string projection) => $"stalled-{projection}";

    public static StalledDocument Of(StalledStream stalled) => new(
        stalled.Stream.Value,
        PartitionOf(stalled.Projection),
        StalledKind,
        stalled.Projection,
        stalled.Event.Version,
        stalled.Event.Type,
        stalled.Event.EventId,
        stalled.Awaited,
        stalled.Error,
        stalled.FirstSeen.UtcDateTime.ToString("O"),
        stalled.LastSeen.ToUniversalTime(),
        stalled.Attempts);

    public StalledStream ToStalled() => new(
        Projection,
        StreamName.Parse(Id),
        new StalledEvent(Version, Type, EventId),
        Awaited,
        Error,
        DateTimeOffset.Parse(FirstSeen, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        LastSeen,
        Attempts);
}
