using System.Collections.Immutable;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Tests.Durability;

/// <summary>Stands in for orchestrator code: decides anything that code could decide.</summary>
internal sealed class RandomEpisode(Random random)
{
    private int _executions;

    public string InstanceId() => $"i{random.Next(5)}";

    public string? Text() => random.Next(4) == 0 ? null : $"\"{new string('x', random.Next(200))}\"";

    public HistoryEvent.ExecutionStarted Started(DateTimeOffset now) => new(
        "Code",
        Execution(),
        Text(),
        "1",
        Parent: null,
        ImmutableDictionary<string, string>.Empty.Add("a", "b"),
        random.Next(4) == 0 ? now.AddSeconds(1) : null)
    { Timestamp = now };

    /// <summary>The record of an episode that takes what was selected.</summary>
    public HubRecord Run(InstanceState state, IReadOnlyList<HistoryEvent> history, InboxSelection selection, DateTimeOffset now)
    {
        var events = selection.Events.IsEmpty ? [] : Decide(state, history, selection.Events, now);
        return new HubRecord.EpisodeCommitted(state.ExecutionId, selection.Consumed, events) { InstanceId = state.InstanceId };
    }

    private ImmutableArray<HistoryEvent> Decide(InstanceState state, IReadOnlyList<HistoryEvent> history, ImmutableArray<HistoryEvent> news, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<HistoryEvent>();
        events.Add(new HistoryEvent.EpisodeStarted { Timestamp = now });
        events.AddRange(news);
        if (news[0] is HistoryEvent.Terminated terminated)
        {
            events.Add(new HistoryEvent.ExecutionEnded(OrchestrationRuntimeStatus.Terminated, terminated.Output, null) { Timestamp = now });
            return events.ToImmutable();
        }

        if (news[0] is HistoryEvent.Suspended or HistoryEvent.Resumed)
        {
            return events.ToImmutable();
        }

        for (var decisions = random.Next(4); decisions > 0; decisions--)
        {
            events.Add(Decision(history.Count + events.Count, now));
        }

        if (random.Next(6) == 0)
        {
            events.Add(random.Next(2) == 0
                ? new HistoryEvent.ExecutionEnded(OrchestrationRuntimeStatus.Completed, Text(), null) { Timestamp = now }
                : new HistoryEvent.ContinuedAsNew(
                    state.Started with { ExecutionId = Execution(), StartAt = null, Timestamp = now },
                    [new HistoryEvent.EventReceived("kept", Text()) { Timestamp = now }])
                { Timestamp = now });
        }

        return events.ToImmutable();
    }

    /// <param name="taskId">Rises within an execution, as the ids of decisions do.</param>
    /// <param name="now">The time of the episode.</param>
    private HistoryEvent Decision(int taskId, DateTimeOffset now) => random.Next(5) switch
    {
        0 => new HistoryEvent.TimerCreated(taskId, now.AddSeconds(random.Next(9))) { Timestamp = now },
        1 => new HistoryEvent.ChildScheduled(taskId, "Code", InstanceId(), Execution(), Text(), string.Empty, ImmutableDictionary<string, string>.Empty) { Timestamp = now },
        2 => new HistoryEvent.EventSent(taskId, InstanceId(), "e", Text()) { Timestamp = now },
        3 => new HistoryEvent.CustomStatusChanged(Text()) { Timestamp = now },
        _ => new HistoryEvent.ActivityScheduled(taskId, "Work", Text(), string.Empty) { Timestamp = now },
    };

    private string Execution() => $"execution {_executions++}";
}
