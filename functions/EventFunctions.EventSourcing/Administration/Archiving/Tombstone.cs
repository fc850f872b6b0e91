namespace EventFunctions.EventSourcing;

/// <summary>What stands in a stream for the events that were taken out of it.</summary>
/// <param name="Through">The version of the last event that was taken out: 1 or more.</param>
/// <param name="KeptFrom">The first version that the archive has a copy of; <paramref name="Through"/> + 1 when it has none.</param>
/// <param name="Checksum">The <see cref="ChecksumChain"/> over all events taken out, from version 1.</param>
/// <param name="KeptBase">The chain before <paramref name="KeptFrom"/>: from it the archive's copies lead to <paramref name="Checksum"/>.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="By">Who, as far as known.</param>
/// <param name="Snapshot">The stream's snapshot at that time: the state the events led to.</param>
public sealed record Tombstone(
    long Through,
    long KeptFrom,
    string Checksum,
    string KeptBase,
    DateTimeOffset Time,
    string Reason,
    string By,
    StateSnapshot? Snapshot)
{
    /// <summary>Whether the archive has copies of any of the events.</summary>
    public bool HasCopies => KeptFrom <= Through;
}

/// <summary>A tombstone with the store's concurrency token.</summary>
/// <param name="Tombstone">The tombstone.</param>
/// <param name="Token">What a replacement has to name.</param>
public sealed record StoredTombstone(Tombstone Tombstone, string Token);
