using System.Collections.Immutable;

namespace EventFunctions.Local.DurableTask;

/// <summary>Something that has reached an instance and has not become history.</summary>
/// <param name="Sequence">Its place in the instance's inbox.</param>
/// <param name="ExecutionId">The execution it is meant for; any if <see langword="null"/>.</param>
/// <param name="Event">What becomes history.</param>
public sealed record InboxMessage(long Sequence, string? ExecutionId, HistoryEvent Event);

/// <summary>What of an inbox the next episode takes.</summary>
/// <param name="Events">What becomes history, in order.</param>
/// <param name="Consumed">The messages that leave the inbox: those, and what came too late or twice.</param>
public sealed record InboxSelection(ImmutableArray<HistoryEvent> Events, ImmutableArray<long> Consumed)
{
    /// <summary>Whether there is anything to do.</summary>
    public bool IsEmpty => Consumed.IsEmpty;

    /// <summary>
    /// Decides what the next episode takes. A termination goes before everything. A suspended instance, one whose start lies ahead, or
    /// one that is rejected takes only what steers it. A result is taken once, and only by the execution that asked for it.
    /// </summary>
    /// <param name="state">The instance.</param>
    /// <param name="inbox">What has reached it.</param>
    /// <param name="now">The time.</param>
    /// <param name="isRejected">Whether its version keeps its code from being run.</param>
    public static InboxSelection Select(InstanceState state, IReadOnlyList<InboxMessage> inbox, DateTimeOffset now, bool isRejected = false)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(inbox);
        if (inbox.FirstOrDefault(m => IsFatal(m.Event) && !IsStale(state, m)) is { } fatal && !state.HasEnded)
        {
            return new InboxSelection([fatal.Event], [fatal.Sequence]);
        }

        var events = ImmutableArray.CreateBuilder<HistoryEvent>(inbox.Count);
        var consumed = ImmutableArray.CreateBuilder<long>(inbox.Count);
        var answered = new HashSet<int>();
        var waits = isRejected || state.IsSuspended || (!state.HasBegun && state.Started.StartAt > now);
        foreach (var message in inbox)
        {
            var steers = message.Event is HistoryEvent.Suspended or HistoryEvent.Resumed;
            if (waits && !steers && !state.HasEnded)
            {
                continue;
            }

            consumed.Add(message.Sequence);
            if (!state.HasEnded && !IsStale(state, message) && IsNews(state, message.Event, answered))
            {
                events.Add(message.Event);
                if (steers)
                {
                    break;
                }
            }
        }

        return new InboxSelection(events.DrainToImmutable(), consumed.DrainToImmutable());
    }

    private static bool IsFatal(HistoryEvent happened) => happened is HistoryEvent.Terminated or HistoryEvent.Faulted;

    private static bool IsStale(InstanceState state, InboxMessage message) =>
        message.ExecutionId is { } execution && execution != state.ExecutionId;

    private static bool IsNews(InstanceState state, HistoryEvent happened, HashSet<int> answered) => happened switch
    {
        HistoryEvent.TaskCompleted task => state.OpenTasks.ContainsKey(task.TaskId) && answered.Add(task.TaskId),
        HistoryEvent.TaskFailed task => state.OpenTasks.ContainsKey(task.TaskId) && answered.Add(task.TaskId),
        HistoryEvent.TimerFired timer => state.OpenTasks.ContainsKey(timer.TaskId) && answered.Add(timer.TaskId),
        HistoryEvent.Suspended => !state.IsSuspended,
        HistoryEvent.Resumed => state.IsSuspended,
        _ => true,
    };
}
