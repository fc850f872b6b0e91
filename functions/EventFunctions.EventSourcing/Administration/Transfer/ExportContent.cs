namespace EventFunctions.EventSourcing;

/// <summary>What a line of an export holds, beside its checksum: one of these.</summary>
/// <param name="Header">The first line of a chunk.</param>
/// <param name="Tombstone">What a stream begins with if its first events are gone.</param>
/// <param name="Event">An event, as it is stored.</param>
/// <param name="Head">What a stream ends with.</param>
/// <param name="Footer">The last line of a chunk.</param>
public sealed record ExportContent(
    ExportHeader? Header = null,
    ExportedTombstone? Tombstone = null,
    EventDocument? Event = null,
    ExportedHead? Head = null,
    ExportFooter? Footer = null)
{
    /// <summary>The stream that the line is about; <see langword="null"/> for header and footer.</summary>
    public string? Stream => Tombstone?.Stream ?? Event?.Stream ?? Head?.Stream;
}

/// <summary>Begins a chunk. An export is one chunk after the other, each small enough for one request.</summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="FormatVersion">The version of the format, <see cref="CurrentVersion"/>.</param>
/// <param name="Source">Where the export comes from, for a person.</param>
/// <param name="Time">When the chunk was made, UTC.</param>
/// <param name="Chunk">The chunk's number, 0 for the first.</param>
/// <param name="After">The checksum before the footer of the chunk before, so that none can be missing; that of nothing for the first.</param>
/// <param name="Foreign">Whether the events come from another system and have to keep the rules of this one.</param>
public sealed record ExportHeader(
    string Format, int FormatVersion, string Source, DateTimeOffset Time, int Chunk, string After, bool? Foreign = null)
{
    /// <summary>What every export says it is.</summary>
    public const string FormatName = "event-export";

    /// <summary>The version that is written, and the only one that is read.</summary>
    public const int CurrentVersion = 1;
}

/// <summary>The tombstone of a stream whose first events are gone without a copy.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Tombstone">What stands for the events.</param>
public sealed record ExportedTombstone(string Stream, Tombstone Tombstone);

/// <summary>The head of a stream.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Version">The version of the newest event.</param>
/// <param name="Time">The time of the newest event, UTC.</param>
/// <param name="Snapshot">The snapshot, where one is kept.</param>
/// <param name="Commands">The last commands, oldest first.</param>
public sealed record ExportedHead(
    string Stream, long Version, DateTimeOffset Time, StateSnapshot? Snapshot, IReadOnlyList<HandledCommand> Commands)
{
    /// <summary>The head as an export has it.</summary>
    public static ExportedHead Of(StreamName stream, StreamHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return new ExportedHead(stream.Value, head.Version, head.Time.ToUniversalTime(), head.Snapshot, head.Commands);
    }
}

/// <summary>Ends a chunk.</summary>
/// <param name="Streams">How many streams end in the chunk.</param>
/// <param name="Events">How many events it has.</param>
/// <param name="Continuation">Asks for the next chunk; <see langword="null"/> in the last.</param>
public sealed record ExportFooter(int Streams, int Events, string? Continuation);
