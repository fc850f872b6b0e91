using System.Collections.Immutable;
using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// How the history of a failed execution is taken back to before its failure. Whole episodes are undone: the one the execution ended in,
/// and, if a task's failure was the reason, those from the one in which the code learnt of it. What the code decided in them is
/// forgotten, so a replay does not miss it; what came from outside comes again. The failed tasks are open again, and so are those whose
/// failure the code has not acted upon. A failure that the code acted upon and survived stays a fact.
/// </summary>
/// <param name="Kept">The history that remains.</param>
/// <param name="Again">What reaches the execution once more, in order.</param>
internal sealed record Rewinding(ImmutableArray<HistoryEvent> Kept, ImmutableArray<HistoryEvent> Again)
{
    /// <summary>Works it out.</summary>
    /// <param name="history">The history of an execution that has failed; its last event says so.</param>
    /// <exception cref="ArgumentException">The execution has not failed.</exception>
    public static Rewinding Of(IReadOnlyList<HistoryEvent> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history is not [.., HistoryEvent.ExecutionEnded { Failure: { } reason }])
        {
            throw new ArgumentException("Only the history of a failed execution can be rewound.", nameof(history));
        }

        var start = StartOfEpisode(history, FatalFailure(history, reason) ?? history.Count - 1);
        var decided = history.Take(start).Select(TaskIdOfDecision).OfType<int>().ToHashSet();
        var lastDecision = LastDecision(history, start);
        var kept = history.Take(start).Where((happened, index) => index <= lastDecision || happened is not HistoryEvent.TaskFailed);
        return new Rewinding([.. kept], [.. history.Skip(start).Where(happened => ComesAgain(happened, decided))]);
    }

    /// <summary>Where the code learnt of the failure that it ended with; <see langword="null"/> if that was one of its own.</summary>
    private static int? FatalFailure(IReadOnlyList<HistoryEvent> history, TaskFailureDetails reason)
    {
        for (var index = history.Count - 1; index >= 0; index--)
        {
            if (history[index] is HistoryEvent.TaskFailed failed && IsIn(failed.Failure, reason))
            {
                return index;
            }
        }

        return null;
    }

    private static bool IsIn(TaskFailureDetails failure, TaskFailureDetails? reason) => reason switch
    {
        null => false,
        _ when (reason.ErrorType, reason.ErrorMessage, reason.StackTrace) == (failure.ErrorType, failure.ErrorMessage, failure.StackTrace) => true,
        _ => IsIn(failure, reason.InnerFailure),
    };

    private static int StartOfEpisode(IReadOnlyList<HistoryEvent> history, int index)
    {
        while (index > 0 && history[index] is not HistoryEvent.EpisodeStarted)
        {
            index--;
        }

        return index;
    }

    private static int LastDecision(IReadOnlyList<HistoryEvent> history, int end)
    {
        var index = end - 1;
        while (index >= 0 && TaskIdOfDecision(history[index]) is null)
        {
            index--;
        }

        return index;
    }

    private static int? TaskIdOfDecision(HistoryEvent happened) => happened switch
    {
        HistoryEvent.ActivityScheduled call => call.TaskId,
        HistoryEvent.ChildScheduled call => call.TaskId,
        HistoryEvent.TimerCreated timer => timer.TaskId,
        HistoryEvent.EventSent sent => sent.TaskId,
        _ => null,
    };

    private static bool ComesAgain(HistoryEvent happened, HashSet<int> decided) => happened switch
    {
        HistoryEvent.ExecutionStarted or HistoryEvent.EventReceived => true,
        HistoryEvent.TaskCompleted task => decided.Contains(task.TaskId),
        HistoryEvent.TimerFired timer => decided.Contains(timer.TaskId),
        _ => false,
    };
}
