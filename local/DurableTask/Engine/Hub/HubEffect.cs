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
internal sealed record ActivityWork(string ExecutionId, ActivityInvocation Invocation)
{
    /// <summary>The call of an execution.</summary>
    public static ActivityWork Of(InstanceState caller, HistoryEvent.ActivityScheduled call) =>
        new(caller.ExecutionId, new ActivityInvocation(call.Name, caller.InstanceId, call.TaskId, call.Input));
}

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
