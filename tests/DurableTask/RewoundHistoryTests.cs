using System.Text;

namespace EventFunctions.Local.DurableTask.Tests;

/// <summary>
/// Exported histories of instances that were rewound. The Durable Task Framework takes a failed call out of the history together with its
/// failure, and what is made again stands where it was made again (TaskOrchestrationDispatcher, ProcessRewindOrchestrationDecision).
/// </summary>
public sealed class RewoundHistoryTests
{
    /// <summary>A#0 had failed when A#1 had completed.</summary>
    private const string WithIds = """
        { "EventType": "OrchestratorStarted", "EventId": -1, "Timestamp": "2026-01-01T12:00:00Z" },
        { "EventType": "ExecutionStarted", "EventId": -1, "Timestamp": "2026-01-01T12:00:00Z", "Name": "Two", "Version": "", "Input": null },
        { "EventType": "TaskScheduled", "EventId": 1, "Timestamp": "2026-01-01T12:00:00Z", "Name": "A", "Input": "2" },
        { "EventType": "OrchestratorCompleted", "EventId": -1, "Timestamp": "2026-01-01T12:00:00Z" },
        { "EventType": "OrchestratorStarted", "EventId": -1, "Timestamp": "2026-01-01T12:00:01Z" },
        { "EventType": "TaskCompleted", "EventId": -1, "Timestamp": "2026-01-01T12:00:01Z", "TaskScheduledId": 1, "Result": "20" },
        { "EventType": "OrchestratorStarted", "EventId": -1, "Timestamp": "2026-01-01T12:10:00Z" },
        { "EventType": "ExecutionRewound", "EventId": -1, "Timestamp": "2026-01-01T12:10:00Z", "Reason": "mended" },
        { "EventType": "OrchestratorStarted", "EventId": -1, "Timestamp": "2026-01-01T12:10:01Z" },
        { "EventType": "TaskScheduled", "EventId": 0, "Timestamp": "2026-01-01T12:10:01Z", "Name": "A", "Input": "1" },
        { "EventType": "OrchestratorStarted", "EventId": -1, "Timestamp": "2026-01-01T12:10:02Z" },
        { "EventType": "TaskCompleted", "EventId": -1, "Timestamp": "2026-01-01T12:10:02Z", "TaskScheduledId": 0, "Result": "10" },
        { "EventType": "TaskScheduled", "EventId": 2, "Timestamp": "2026-01-01T12:10:02Z", "Name": "B", "Input": "30" },
        { "EventType": "OrchestratorStarted", "EventId": -1, "Timestamp": "2026-01-01T12:10:03Z" },
        { "EventType": "TaskCompleted", "EventId": -1, "Timestamp": "2026-01-01T12:10:03Z", "TaskScheduledId": 2, "Result": "31" },
        { "EventType": "ExecutionCompleted", "EventId": 3, "Timestamp": "2026-01-01T12:10:03Z", "OrchestrationStatus": "Completed", "Result": "31" }
        """;

    private const string AsAzureStorageHasIt = """
        { "EventType": "OrchestratorStarted", "EventId": -1, "Timestamp": "2026-01-01T12:00:00Z" },
        { "EventType": "ExecutionStarted", "EventId": -1, "Timestamp": "2026-01-01T12:00:00Z", "Name": "Two", "Version": "", "Input": null },
        { "EventType": "GenericEvent", "EventId": 0, "Timestamp": "2026-01-01T12:00:00Z" },
        { "EventType": "TaskScheduled", "EventId": 1, "Timestamp": "2026-01-01T12:00:00Z", "Name": "A", "Input": "2" },
        { "EventType": "OrchestratorStarted", "EventId": -1, "Timestamp": "2026-01-01T12:00:01Z" },
        { "EventType": "TaskCompleted", "EventId": -1, "Timestamp": "2026-01-01T12:00:01Z", "TaskScheduledId": 1, "Result": "20" },
        { "EventType": "GenericEvent", "EventId": -1, "Timestamp": "2026-01-01T12:00:02Z" },
        { "EventType": "GenericEvent", "EventId": -1, "Timestamp": "2026-01-01T12:00:02Z" },
        { "EventType": "OrchestratorStarted", "EventId": -1, "Timestamp": "2026-01-01T12:10:00Z" },
        { "EventType": "GenericEvent", "EventId": -1, "Timestamp": "2026-01-01T12:10:00Z" },
        { "EventType": "TaskScheduled", "EventId": 0, "Timestamp": "2026-01-01T12:10:00Z", "Name": "A", "Input": "1" }
        """;

    private const string AsStatusQueriesTellIt = """
        { "EventType": "ExecutionStarted", "Timestamp": "2026-01-01T12:00:00Z", "FunctionName": "Two" },
        { "EventType": "TaskCompleted", "Timestamp": "2026-01-01T12:00:01Z", "ScheduledTime": "2026-01-01T12:00:00Z", "FunctionName": "A", "Input": "2", "Result": 20 },
        { "EventType": "ExecutionRewound", "Timestamp": "2026-01-01T12:10:00Z", "Reason": "mended" },
        { "EventType": "TaskCompleted", "Timestamp": "2026-01-01T12:10:02Z", "ScheduledTime": "2026-01-01T12:10:01Z", "FunctionName": "A", "Input": "1", "Result": 10 },
        { "EventType": "TaskCompleted", "Timestamp": "2026-01-01T12:10:03Z", "ScheduledTime": "2026-01-01T12:10:02Z", "FunctionName": "B", "Input": "30", "Result": 31 },
        { "EventType": "ExecutionCompleted", "Timestamp": "2026-01-01T12:10:03Z", "OrchestrationStatus": "Completed", "Result": 31 }
        """;

    /// <summary>What was made again has not answered, and what follows the rewind is told without its call.</summary>
    private const string UnderWay = """
        { "EventType": "ExecutionStarted", "Timestamp": "2026-01-01T12:00:00Z", "FunctionName": "Two" },
        { "EventType": "TaskCompleted", "Timestamp": "2026-01-01T12:00:01Z", "ScheduledTime": "2026-01-01T12:00:00Z", "FunctionName": "A", "Input": "2", "Result": 20 },
        { "EventType": "ExecutionRewound", "Timestamp": "2026-01-01T12:10:00Z", "Reason": "mended" },
        { "EventType": "TaskScheduled", "Timestamp": "2026-01-01T12:10:01Z", "Name": "A", "Input": "1" }
        """;

    public static TheoryData<string> Histories { get; } = [WithIds, AsAzureStorageHasIt, AsStatusQueriesTellIt, UnderWay];

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task The_code_that_went_on_after_a_rewind_agrees(string history) =>
        Assert.IsType<ReplayVerdict.Agrees>(await ReplayAsync(history, first: "A", last: "B"));

    [Theory]
    [InlineData(WithIds)]
    [InlineData(AsStatusQueriesTellIt)]
    public async Task Code_that_does_something_else_after_the_rewind_diverges(string history)
    {
        var diverges = Assert.IsType<ReplayVerdict.Diverges>(await ReplayAsync(history, first: "A", last: "C"));

        Assert.Contains("activity 'C'", diverges.Code, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task Code_that_calls_something_else_in_place_of_what_was_made_again_diverges(string history)
    {
        var diverges = Assert.IsType<ReplayVerdict.Diverges>(await ReplayAsync(history, first: "C", last: "B"));

        Assert.Contains("activity 'C'", diverges.Code, StringComparison.Ordinal);
    }

    private static async Task<ReplayVerdict> ReplayAsync(string history, string first, string last)
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("Two", async context =>
        {
            var results = await Task.WhenAll(context.CallActivityAsync<int>(first, 1), context.CallActivityAsync<int>("A", 2));
            return await context.CallActivityAsync<int>(last, results.Sum());
        });
        var json = $$"""{ "name": "Two", "instanceId": "i", "runtimeStatus": "Running", "historyEvents": [{{history}}] }""";
        return await hub.Engine.CheckReplayAsync(RecordedInstanceReader.Read(Encoding.UTF8.GetBytes(json)));
    }
}
