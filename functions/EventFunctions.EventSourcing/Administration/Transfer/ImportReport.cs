namespace EventFunctions.EventSourcing;

/// <summary>What became of a chunk.</summary>
/// <param name="Streams">How many streams it has lines of.</param>
/// <param name="Read">How many events it has.</param>
/// <param name="Written">How many of them were written.</param>
/// <param name="Skipped">How many of them the store had already, just as they are.</param>
/// <param name="Refused">How many of them were not taken.</param>
/// <param name="Problems">Why lines were not taken, the first <see cref="MaxProblems"/> in the order of the chunk.</param>
public sealed record ImportReport(int Streams, int Read, int Written, int Skipped, int Refused, IReadOnlyList<ImportProblem> Problems)
{
    /// <summary>The most problems a report tells of.</summary>
    public const int MaxProblems = 100;

    /// <summary>Nothing.</summary>
    public static ImportReport Empty { get; } = new(0, 0, 0, 0, 0, []);

    /// <summary>Both reports in one.</summary>
    public ImportReport And(ImportReport other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ImportReport(
            Streams + other.Streams,
            Read + other.Read,
            Written + other.Written,
            Skipped + other.Skipped,
            Refused + other.Refused,
            [.. Problems.Concat(other.Problems).Take(MaxProblems)]);
    }
}

/// <summary>Why a line was not taken.</summary>
/// <param name="Line">The line, 1 for the chunk's first.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Version">The event's version; <see langword="null"/> for a head or tombstone.</param>
/// <param name="Cause">Why, and what to do, for a person.</param>
public sealed record ImportProblem(int Line, string Stream, long? Version, string Cause);
