namespace EventFunctions.EventSourcing;

/// <summary>Asks for the first events of a stream to be taken out of it.</summary>
/// <param name="Through">
/// The version of the last event to take out, 1 or more; <see langword="null"/> for as many as the snapshot covers. The newest
/// event always stays.
/// </param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="By">Who asks, as far as known.</param>
/// <param name="KeepCopy">
/// Whether the archive keeps a copy. Without one the events are gone for good, copies of earlier archivings included, and the
/// snapshot is all that is left of them.
/// </param>
public sealed record ArchiveRequest(long? Through, string Reason, string By, bool KeepCopy = true);

/// <summary>How long events stay in their streams at least.</summary>
/// <param name="MinimumAge">
/// The time since the store wrote an event before it may be taken out: long enough for the change feed to have passed it, for
/// an event that is deleted before is never published.
/// </param>
public sealed record ArchiveOptions(TimeSpan MinimumAge)
{
    /// <summary>One day.</summary>
    public ArchiveOptions()
        : this(TimeSpan.FromDays(1))
    {
    }
}

/// <summary>How archiving ended.</summary>
public abstract record ArchiveResult
{
    private ArchiveResult()
    {
    }

    /// <summary>The events are out of the stream; also if they were before.</summary>
    /// <param name="Tombstone">What stands in their place.</param>
    /// <param name="Deleted">How many events were deleted from the stream now; also those an interrupted run left.</param>
    /// <param name="IsDone">
    /// Whether that is all that was asked for. A run takes <see cref="StreamArchiver.EventsPerRun"/> events at most, so that it
    /// ends in time; the same request goes on where it ended.
    /// </param>
    public sealed record Archived(Tombstone Tombstone, long Deleted, bool IsDone) : ArchiveResult;

    /// <summary>The stream cannot be truncated there; nothing was changed.</summary>
    /// <param name="Code">Stable, lower-case and hyphenated.</param>
    /// <param name="Reason">Why, and what to do, for a person.</param>
    public sealed record Refused(string Code, string Reason) : ArchiveResult;

    /// <summary>Another run is archiving the same stream. The same request may be sent again.</summary>
    public sealed record Contended : ArchiveResult;

    /// <summary>There is no such stream.</summary>
    public sealed record Absent : ArchiveResult;
}
