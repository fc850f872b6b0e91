using EventFunctions.EventSourcing;

namespace EventFunctions.Projections.Rebuild;

/// <summary>Where a rebuild stands, as its custom status shows it.</summary>
/// <param name="Phase">One of <see cref="RebuildPhase"/>.</param>
/// <param name="Generation">The number of the new generation.</param>
/// <param name="EventsRead">How many events were applied to it by the replay.</param>
/// <param name="ViewsWritten">How many writes that took.</param>
/// <param name="EventsPerSecond">How fast, while it read.</param>
/// <param name="Ranges">The same for each range; the first <see cref="MaxRanges"/>.</param>
/// <param name="RangeCount">How many ranges there are.</param>
/// <param name="RangesCaughtUp">How many of them are read to their ends.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="ReadingSince">When the first event was read, UTC.</param>
/// <param name="ReadingUntil">When the last step of reading ended, UTC.</param>
/// <param name="ReadFrom">The time of the oldest event.</param>
/// <param name="Comparison">What the comparison found.</param>
/// <param name="Failures">The streams that the new generation could not follow.</param>
/// <param name="FailuresNotKept">How many failures found no room.</param>
/// <param name="Deadline">When the wait ends by itself, UTC.</param>
/// <param name="FailedPhase">The phase that failed.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="ViewsDeleted">How many views that nobody needs were deleted.</param>
/// <param name="Notice">Something the operator should know.</param>
public sealed record RebuildStatus(
    string Phase,
    int Generation,
    long EventsRead,
    long ViewsWritten,
    double? EventsPerSecond,
    IReadOnlyList<RangeReport> Ranges,
    int RangeCount,
    int RangesCaughtUp,
    DateTime? StartedAt,
    DateTime? ReadingSince,
    DateTime? ReadingUntil,
    DateTimeOffset? ReadFrom,
    GenerationComparison? Comparison,
    IReadOnlyList<GenerationFailure> Failures,
    int FailuresNotKept,
    DateTime? Deadline,
    string? FailedPhase,
    string? Error,
    long ViewsDeleted,
    string? Notice)
{
    /// <summary>How many ranges and failures are shown: the status of an orchestration is small.</summary>
    public const int MaxRanges = 20;

    /// <summary>What a state shows.</summary>
    public static RebuildStatus Of(RebuildState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var events = state.Ranges.Sum(r => r.EventsRead);
        var seconds = (state.ReadingUntil - state.ReadingSince)?.TotalSeconds;
        return new RebuildStatus(
            state.Phase,
            state.Generation,
            events,
            state.Ranges.Sum(r => r.ViewsWritten),
            seconds > 0 ? Math.Round(events / seconds.Value, 1) : null,
            [.. state.Ranges.Take(MaxRanges).Select((r, i) => new RangeReport(i, r.EventsRead, r.ViewsWritten, r.IsCaughtUp, r.ReadTo))],
            state.Ranges.Count,
            state.Ranges.Count(r => r.IsCaughtUp),
            state.StartedAt,
            state.ReadingSince,
            state.ReadingUntil,
            state.Ranges.Min(r => r.ReadFrom),
            state.Comparison,
            [.. state.Failures.Take(MaxRanges)],
            state.FailuresNotKept + Math.Max(0, state.Failures.Count - MaxRanges),
            state.Deadline,
            state.FailedPhase,
            state.Error,
            state.ViewsDeleted,
            state.Notice);
    }
}

/// <summary>How far a range of the feed has been read.</summary>
/// <param name="Number">Its place in the list of ranges.</param>
/// <param name="EventsRead">How many events were applied.</param>
/// <param name="ViewsWritten">How many writes that took.</param>
/// <param name="IsCaughtUp">Whether its end is reached.</param>
/// <param name="ReadTo">The time of the newest event so far.</param>
public sealed record RangeReport(int Number, long EventsRead, long ViewsWritten, bool IsCaughtUp, DateTimeOffset? ReadTo);
