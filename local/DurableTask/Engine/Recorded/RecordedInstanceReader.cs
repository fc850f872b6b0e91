using System.Globalization;
using System.Text.Json;
using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// Reads what <c>GET /runtime/webhooks/durabletask/instances/{id}?showHistory=true&amp;showHistoryOutput=true&amp;showInput=true</c>
/// answers: a call and its answer are one event there, which has the call's name and time, and ids and versions are left out. A history
/// that has them (<c>EventId</c>, <c>TaskScheduledId</c>, <c>TimerId</c>) is read too, and replayed more strictly.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api#get-instance-status</remarks>
public sealed class RecordedInstanceReader
{
    private readonly Dictionary<int, RecordedDecision> _byId = [];
    private readonly List<RecordedDecision> _timers = [];

    private RecordedInstanceReader()
    {
    }

    /// <summary>Reads one instance.</summary>
    /// <exception cref="HistoryFormatException">It is not what the management API answers.</exception>
    public static RecordedInstance Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new RecordedInstanceReader().Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new HistoryFormatException($"This is not the status of an instance with its history: {exception.Message}", exception);
        }
    }

    private RecordedInstance Read(JsonElement status)
    {
        var events = status.TryGetProperty("historyEvents", out var history) && history.ValueKind == JsonValueKind.Array
            ? history.EnumerateArray().Select((happened, position) => Read(happened, position)).ToList()
            : [];
        if (events.Count == 0 && Text(status, "runtimeStatus") is not "Pending")
        {
            throw new HistoryFormatException(
                "It has no historyEvents. Ask for the instance with showHistory=true&showHistoryOutput=true&showInput=true.");
        }

        return new RecordedInstance(Required(status, "instanceId"), Required(status, "name"), events);
    }

    /// <summary>Azure Storage's rewind puts a <c>GenericEvent</c> in the place of each event that it takes out, where others tell <c>ExecutionRewound</c>.</summary>
    private RecordedEvent Read(JsonElement happened, int position)
    {
        var at = Time(happened, "Timestamp");
        return Required(happened, "EventType") switch
        {
            "OrchestratorStarted" => new RecordedEvent.EpisodeBegan { Position = position, At = at },
            "ExecutionStarted" => new RecordedEvent.Began(
                Text(happened, "FunctionName") ?? Required(happened, "Name"), Text(happened, "Input"), Text(happened, "Version"))
            { Position = position, At = at },
            "TaskScheduled" => Decided(DecisionKinds.Activity, happened, position),
            "SubOrchestrationInstanceCreated" => Decided(DecisionKinds.Child, happened, position),
            "EventSent" => Decided(DecisionKinds.Event, happened, position),
            "TimerCreated" => Decided(DecisionKinds.Timer, happened, position),
            "TaskCompleted" => Answered(DecisionKinds.Activity, happened, position, failure: null),
            "TaskFailed" => Answered(DecisionKinds.Activity, happened, position, FailureOf(happened)),
            "SubOrchestrationInstanceCompleted" => Answered(DecisionKinds.Child, happened, position, failure: null),
            "SubOrchestrationInstanceFailed" => Answered(DecisionKinds.Child, happened, position, FailureOf(happened)),
            "TimerFired" => new RecordedEvent.TimerFired(TimerOf(happened)) { Position = position, At = at },
            "EventRaised" => new RecordedEvent.Raised(Required(happened, "Name"), Text(happened, "Input")) { Position = position, At = at },
            "ExecutionCompleted" => new RecordedEvent.Ended(Required(happened, "OrchestrationStatus")) { Position = position, At = at },
            "ExecutionRewound" or "GenericEvent" => new RecordedEvent.Rewound { Position = position, At = at },
            "OrchestratorCompleted" or "ExecutionSuspended" or "ExecutionResumed" or "ExecutionTerminated" or "ContinueAsNew"
                or "HistoryState" => new RecordedEvent.Aside { Position = position, At = at },
            var other => throw new HistoryFormatException($"Event #{position} is of type '{other}', which can't be replayed."),
        };
    }

    private RecordedEvent.Decided Decided(string kind, JsonElement happened, int position)
    {
        var decision = new RecordedDecision(kind, kind == DecisionKinds.Timer ? null : Required(happened, "Name"), Time(happened, "Timestamp"))
        {
            Position = position,
            Id = Number(happened, "EventId"),
            Input = Text(happened, "Input"),
            FireAt = kind == DecisionKinds.Timer ? Time(happened, "FireAt") : null,
        };
        if (decision.Id is { } id)
        {
            _byId[id] = decision;
        }

        if (kind == DecisionKinds.Timer)
        {
            _timers.Add(decision);
        }

        return new RecordedEvent.Decided(decision) { Position = position, At = decision.At };
    }

    private RecordedEvent.Answered Answered(string kind, JsonElement happened, int position, TaskFailureDetails? failure)
    {
        var id = Number(happened, "TaskScheduledId");
        var decision = id is { } taken
            ? _byId.GetValueOrDefault(taken) ?? throw new HistoryFormatException($"Event #{position} answers call #{taken}, which the history does not have.")
            : new RecordedDecision(kind, Required(happened, "FunctionName"), Time(happened, "ScheduledTime")) { Position = position, Input = Text(happened, "Input") };

        // Status queries tell a result as JSON, the framework itself as the text that was stored.
        var result = happened.TryGetProperty("Result", out var value) && value.ValueKind != JsonValueKind.Null
            ? id is null ? value.GetRawText() : value.GetString()
            : null;
        return new RecordedEvent.Answered(decision, result, failure) { Position = position, At = Time(happened, "Timestamp") };
    }

    private RecordedDecision TimerOf(JsonElement happened)
    {
        var timer = Number(happened, "TimerId") is { } id
            ? _byId.GetValueOrDefault(id)
            : _timers.FirstOrDefault(timer => timer.FireAt == Time(happened, "FireAt"));
        if (timer is null)
        {
            throw new HistoryFormatException("A timer fired that the history does not have.");
        }

        _timers.Remove(timer);
        return timer;
    }

    /// <summary>Former versions of the framework tell the message only, without the exception's type.</summary>
    private static TaskFailureDetails FailureOf(JsonElement happened) =>
        happened.TryGetProperty("FailureDetails", out var failure) && failure.ValueKind == JsonValueKind.Object
            ? DetailsOf(failure)
            : new TaskFailureDetails("(unknown)", Text(happened, "Reason") ?? string.Empty, Text(happened, "Details"), InnerFailure: null, Properties: null);

    private static TaskFailureDetails DetailsOf(JsonElement failure) => new(
        Required(failure, "ErrorType"),
        Text(failure, "ErrorMessage") ?? string.Empty,
        Text(failure, "StackTrace"),
        failure.TryGetProperty("InnerFailure", out var inner) && inner.ValueKind == JsonValueKind.Object ? DetailsOf(inner) : null,
        Properties: null);

    private static string Required(JsonElement of, string name) =>
        Text(of, name) ?? throw new HistoryFormatException($"'{name}' is missing in {of.GetRawText()}");

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
        : null;

    /// <summary>What has no id has -1 or none.</summary>
    private static int? Number(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) && number >= 0 ? number : null;

    private static DateTimeOffset Time(JsonElement of, string name) =>
        DateTimeOffset.Parse(Required(of, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
