namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>A tombstone as an item of the stream's partition.</summary>
/// <param name="Id">Always <see cref="TombstoneId"/>.</param>
/// <param name="Stream">The partition key.</param>
/// <param name="Kind">Always <see cref="TombstoneId"/>; the relay publishes events alone.</param>
/// <param name="Tombstone">The tombstone.</param>
internal sealed record TombstoneDocument(string Id, string Stream, string Kind, Tombstone Tombstone)
{
    /// <summary>The item's id, and its kind.</summary>
    public const string TombstoneId = "tombstone";

    public static TombstoneDocument Of(StreamName stream, Tombstone tombstone) => new(TombstoneId, stream.Value, TombstoneId, tombstone);
}
