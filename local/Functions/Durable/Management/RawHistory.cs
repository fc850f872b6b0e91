using System.Globalization;
using System.Text.Json.Nodes;
using EventFunctions.Local.DurableTask;
using Microsoft.DurableTask;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>
/// A history in the event types and member names of the Durable Task Framework, nothing left out but what that framework keeps
/// elsewhere: the custom status. Decisions of the code have the id they took as <c>EventId</c>, answers refer to it by
/// <c>TaskScheduledId</c> or <c>TimerId</c>, and what has no id has -1.
/// </summary>
internal static class RawHistory
{
    private const int NoId = -1;

    /// <param name="instanceId">The instance.</param>
    /// <param name="history">The history of its current execution.</param>
    public static JsonArray Of(string instanceId, IReadOnlyList<HistoryEvent> history)
    {
        var children = history.OfType<HistoryEvent.ChildScheduled>().Select(child => child.TaskId).ToHashSet();
        var timers = history.OfType<HistoryEvent.TimerCreated>().ToDictionary(timer => timer.TaskId, timer => timer.FireAt);
        return new JsonArray([.. history.Select(happened => Convert(instanceId, happened, children, timers)).OfType<JsonNode>()]);
    }

    private static JsonObject? Convert(
        string instanceId, HistoryEvent happened, HashSet<int> children, Dictionary<int, DateTimeOffset> timers) => happened switch
        {
            HistoryEvent.EpisodeStarted => New("OrchestratorStarted", happened),
            HistoryEvent.ExecutionStarted started => Started(instanceId, started),
            HistoryEvent.ActivityScheduled call => New("TaskScheduled", call, call.TaskId)
                .With("Name", call.Name).With("Version", call.Version).With("Input", call.Input),
            HistoryEvent.ChildScheduled call => New("SubOrchestrationInstanceCreated", call, call.TaskId)
                .With("Name", call.Name).With("Version", call.Version).With("InstanceId", call.InstanceId).With("Input", call.Input),
            HistoryEvent.TaskCompleted task =>
                New(children.Contains(task.TaskId) ? "SubOrchestrationInstanceCompleted" : "TaskCompleted", task)
                    .With("TaskScheduledId", task.TaskId).With("Result", task.Result),
            HistoryEvent.TaskFailed task => New(children.Contains(task.TaskId) ? "SubOrchestrationInstanceFailed" : "TaskFailed", task)
                .With("TaskScheduledId", task.TaskId)
                .With("Reason", task.Failure.ErrorMessage)
                .With("Details", task.Failure.StackTrace)
                .With("FailureDetails", Failure(task.Failure)),
            HistoryEvent.TimerCreated timer => New("TimerCreated", timer, timer.TaskId).With("FireAt", Time(timer.FireAt)),
            HistoryEvent.TimerFired timer => New("TimerFired", timer)
                .With("TimerId", timer.TaskId)
                .With("FireAt", timers.TryGetValue(timer.TaskId, out var fireAt) ? Time(fireAt) : null),
            HistoryEvent.EventSent sent => New("EventSent", sent, sent.TaskId)
                .With("InstanceId", sent.InstanceId).With("Name", sent.Name).With("Input", sent.Payload),
            HistoryEvent.EventReceived received => New("EventRaised", received).With("Name", received.Name).With("Input", received.Payload),
            HistoryEvent.Suspended suspended => New("ExecutionSuspended", suspended).With("Reason", suspended.Reason),
            HistoryEvent.Resumed resumed => New("ExecutionResumed", resumed).With("Reason", resumed.Reason),
            HistoryEvent.Terminated terminated => New("ExecutionTerminated", terminated).With("Input", terminated.Output),
            HistoryEvent.Rewound rewound => New("ExecutionRewound", rewound).With("Reason", rewound.Reason),
            HistoryEvent.ExecutionEnded end => New("ExecutionCompleted", end)
                .With("OrchestrationStatus", end.Status.ToString())
                .With("Result", end.Failure?.ToString() ?? end.Output)
                .With("FailureDetails", end.Failure is null ? null : Failure(end.Failure)),

            // The framework keeps the status with the instance, tells a fault by how the execution ended, and begins another history.
            HistoryEvent.CustomStatusChanged or HistoryEvent.Faulted or HistoryEvent.ContinuedAsNew => null,
            _ => throw new InvalidOperationException($"{happened.GetType().Name} has no form in a history's JSON."),
        };

    private static JsonObject Started(string instanceId, HistoryEvent.ExecutionStarted started)
    {
        var json = New("ExecutionStarted", started)
            .With("OrchestrationInstance", Instance(instanceId, started.ExecutionId))
            .With("Name", started.Name)
            .With("Version", started.Version)
            .With("Input", started.Input)
            .With("Tags", Tags(started));
        if (started.Parent is { } parent)
        {
            json["ParentInstance"] = new JsonObject
            {
                ["Name"] = parent.Name,
                ["TaskScheduleId"] = parent.TaskId,
                ["OrchestrationInstance"] = Instance(parent.InstanceId, parent.ExecutionId),
            };
        }

        return started.StartAt is { } startAt ? json.With("ScheduledStartTime", Time(startAt)) : json;
    }

    private static JsonObject? Tags(HistoryEvent.ExecutionStarted started) => started.Tags.IsEmpty
        ? null
        : new JsonObject(started.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));

    private static JsonObject Instance(string instanceId, string executionId) => new() { ["InstanceId"] = instanceId, ["ExecutionId"] = executionId };

    private static JsonObject Failure(TaskFailureDetails failure) => new()
    {
        ["ErrorType"] = failure.ErrorType,
        ["ErrorMessage"] = failure.ErrorMessage,
        ["StackTrace"] = failure.StackTrace,
        ["InnerFailure"] = failure.InnerFailure is { } inner ? Failure(inner) : null,
    };

    private static JsonObject New(string type, HistoryEvent happened, int id = NoId) => new()
    {
        ["EventType"] = type,
        ["EventId"] = id,
        ["Timestamp"] = Time(happened.Timestamp),
    };

    /// <summary>Members without a value are left out.</summary>
    private static JsonObject With(this JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }

        return json;
    }

    /// <summary>With as many digits of a second as there are, up to ten millionths.</summary>
    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
