namespace EventFunctions.Local.DurableTask;

/// <summary>What has to be done in memory once a record is durable.</summary>
internal abstract record HubEffect
{
    private HubEffect()
    {
    }

    /// <summary>An instance has something in its inbox and is not in the hands of a worker.</summary>
    public sealed record Ready(InstanceEntry Instance) : HubEffect;

    /// <summary>An activity is to be run.</summary>
    public sealed record Run(ActivityWork Work) : HubEffect;

    /// <summary>A timer begins to wait.</summary>
    public sealed record Arm(WaitingTimer Timer) : HubEffect;

    /// <summary>A timer no longer matters.</summary>
    public sealed record Disarm(WaitingTimer Timer) : HubEffect;

    /// <summary>Something about an instance changed that others may wait for.</summary>
    public sealed record Changed(string InstanceId) : HubEffect;
}

/// <summary>An activity call on its way.</summary>
internal sealed record ActivityWork(string ExecutionId, ActivityInvocation Invocation);

/// <summary>A timer of an execution, or the scheduled start of one.</summary>
/// <param name="FireAt">When it fires.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="ExecutionId">The execution.</param>
/// <param name="TaskId">The timer's id; <see cref="StartTaskId"/> for the scheduled start.</param>
internal sealed record WaitingTimer(DateTimeOffset FireAt, string InstanceId, string ExecutionId, int TaskId)
{
    /// <summary>No task of any execution has this id.</summary>
    public const int StartTaskId = -1;
}

/// <summary>An instance in memory. Only touched under the hub's lock, but for the history, which its one worker reads and nobody else changes.</summary>
internal sealed class InstanceEntry(InstanceState state)
{
    private long _nextSequence;

    public InstanceState State { get; set; } = state;

    public List<HistoryEvent> History { get; private set; } = [];

    public List<InboxMessage> Inbox { get; } = [];

    /// <summary>Whether it waits for a worker or is in the hands of one.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether it will be suspended once what is in the inbox has been processed.</summary>
    public bool WillBeSuspended => Inbox.LastOrDefault(m => m.Event is HistoryEvent.Suspended or HistoryEvent.Resumed) is { } last
        ? last.Event is HistoryEvent.Suspended
        : State.IsSuspended;

    public void Put(string? executionId, HistoryEvent happened) => Inbox.Add(new InboxMessage(_nextSequence++, executionId, happened));

    /// <summary>Takes messages out of the inbox; they are in order of their sequence.</summary>
    public void Consume(IReadOnlyList<long> sequences)
    {
        if (sequences.Count > 0 && Inbox.Count >= sequences.Count && Inbox[sequences.Count - 1].Sequence == sequences[^1])
        {
            Inbox.RemoveRange(0, sequences.Count);
        }
        else
        {
            var gone = sequences.ToHashSet();
            Inbox.RemoveAll(message => gone.Contains(message.Sequence));
        }
    }

    /// <summary>Forgets the history; what is left of the inbox comes after what the next execution begins with.</summary>
    public void StartOver(HistoryEvent.ContinuedAsNew again)
    {
        History = [];
        InboxMessage[] late = [.. Inbox];
        Inbox.Clear();
        Put(again.Next.ExecutionId, again.Next);
        foreach (var carried in again.Carried)
        {
            Put(null, carried);
        }

        foreach (var message in late)
        {
            Put(message.ExecutionId, message.Event);
        }
    }
}
