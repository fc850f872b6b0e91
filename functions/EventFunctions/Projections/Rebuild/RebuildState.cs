using EventFunctions.EventSourcing;

namespace EventFunctions.Projections.Rebuild;

/// <summary>All that a rebuild knows: the input it starts with, and starts over with when its history has grown long.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Generation">The number of the new generation.</param>
/// <param name="AcceptDifferences">Whether the new generation serves by itself also if it differs.</param>
/// <param name="Settings">How it goes about it.</param>
/// <param name="Phase">One of <see cref="RebuildPhase"/>.</param>
public sealed record RebuildState(string Projection, int Generation, bool AcceptDifferences, RebuildSettings Settings, string Phase)
{
    /// <summary>The generation that served when the rebuild began.</summary>
    public int Serving { get; init; }

    /// <summary>When it began, UTC.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>When the first event was read, UTC.</summary>
    public DateTime? ReadingSince { get; init; }

    /// <summary>When the last step of reading ended, UTC.</summary>
    public DateTime? ReadingUntil { get; init; }

    /// <summary>How far each range of the feed has been read.</summary>
    public IReadOnlyList<RangeProgress> Ranges { get; init; } = [];

    /// <summary>How often all ranges were read to their ends before.</summary>
    public int PassesDone { get; init; }

    /// <summary>How many events this pass found.</summary>
    public long EventsInPass { get; init; }

    /// <summary>What the comparison found so far.</summary>
    public GenerationComparison? Comparison { get; init; }

    /// <summary>How often the differing views were looked at again.</summary>
    public int Looks { get; init; }

    /// <summary>The streams that the new generation could not follow.</summary>
    public IReadOnlyList<GenerationFailure> Failures { get; init; } = [];

    /// <summary>How many failures found no room.</summary>
    public int FailuresNotKept { get; init; }

    /// <summary>When a wait ends by itself, UTC.</summary>
    public DateTime? Deadline { get; init; }

    /// <summary>The phase that failed, in <see cref="RebuildPhase.Failed"/>.</summary>
    public string? FailedPhase { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The phase to end in when the deleting is done.</summary>
    public string? Outcome { get; init; }

    /// <summary>The generations that are being deleted.</summary>
    public IReadOnlyList<int> Retired { get; init; } = [];

    /// <summary>Whether a first sweep found no more views, so that only late writers' are left.</summary>
    public bool IsSwept { get; init; }

    /// <summary>How many views were deleted.</summary>
    public long ViewsDeleted { get; init; }

    /// <summary>Something the operator should know.</summary>
    public string? Notice { get; init; }
}

/// <summary>How far a range of the feed has been read.</summary>
/// <param name="Range">The range, as the feed names it.</param>
/// <param name="Continuation">Where to read on.</param>
/// <param name="IsCaughtUp">Whether this pass has reached its end.</param>
/// <param name="EventsRead">How many events were applied.</param>
/// <param name="ViewsWritten">How many writes that took.</param>
/// <param name="ReadFrom">The time of the oldest event.</param>
/// <param name="ReadTo">The time of the newest event so far.</param>
public sealed record RangeProgress(
    string Range, string? Continuation, bool IsCaughtUp, long EventsRead, long ViewsWritten, DateTimeOffset? ReadFrom, DateTimeOffset? ReadTo)
{
    /// <summary>The progress after a step.</summary>
    public RangeProgress After(RangeStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return this with
        {
            Continuation = step.Continuation,
            IsCaughtUp = step.IsCaughtUp,
            EventsRead = EventsRead + step.EventsRead,
            ViewsWritten = ViewsWritten + step.ViewsWritten,
            ReadFrom = ReadFrom ?? step.ReadFrom,
            ReadTo = step.ReadTo ?? ReadTo,
        };
    }
}
