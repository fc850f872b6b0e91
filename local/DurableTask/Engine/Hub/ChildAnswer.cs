using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask;

/// <summary>What a parent is told of its sub-orchestration.</summary>
internal static class ChildAnswer
{
    public static HistoryEvent Of(InstanceState child, HistoryEvent.ExecutionEnded end)
    {
        var taskId = child.Started.Parent?.TaskId ?? 0;
        return end switch
        {
            { Status: OrchestrationRuntimeStatus.Completed } => new HistoryEvent.TaskCompleted(taskId, end.Output) { Timestamp = end.Timestamp },
            { Failure: { } failure } => new HistoryEvent.TaskFailed(taskId, failure) { Timestamp = end.Timestamp },
            _ => Failed(taskId, "SubOrchestrationTerminated", $"The sub-orchestration '{child.InstanceId}' was terminated.", end.Timestamp),
        };
    }

    public static HistoryEvent Replaced(InstanceState child, DateTimeOffset now) => Failed(
        child.Started.Parent?.TaskId ?? 0,
        "SubOrchestrationReplaced",
        $"The sub-orchestration '{child.InstanceId}' was replaced by a new start of the same instance id.",
        now);

    public static HistoryEvent AlreadyExists(HistoryEvent.ChildScheduled call) => Failed(
        call.TaskId,
        "SubOrchestrationAlreadyExists",
        $"The sub-orchestration '{call.InstanceId}' can't start: an instance of this id has not ended. Give it an id of its own.",
        call.Timestamp);

    private static HistoryEvent.TaskFailed Failed(int taskId, string errorType, string message, DateTimeOffset now) =>
        new(taskId, new TaskFailureDetails(errorType, message, null, null, null)) { Timestamp = now };
}
