using System.Net;
using EventFunctions.Tests.Support;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.Functions.Tests.Management;

/// <summary>
/// The history in a status query: the page's example
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api#response-1), and event types beyond it by the
/// source of the extension (DurableClient.GetDurableOrchestrationStatusAsync).
/// </summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task There_is_no_history_unless_it_is_asked_for()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Greets", "g", """["Ada"]""");

        Assert.False((await app.JsonAsync("instances/g"))!.AsObject().ContainsKey("historyEvents"));
        Assert.False((await app.JsonAsync("instances/g?showHistoryOutput=true"))!.AsObject().ContainsKey("historyEvents"));
    }

    [Fact]
    public async Task A_call_and_its_answer_are_one_event_with_inputs_and_results()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Greets", "g", """["Ada"]""");

        var status = await app.JsonAsync("instances/g?showHistory=true&showHistoryOutput=true");

        Assert.Equal(
            """
            [{"EventType":"ExecutionStarted","Timestamp":"2026-03-01T10:00:00Z","Input":"[\"Ada\"]","FunctionName":"Greets"},
            {"EventType":"TaskCompleted","Timestamp":"2026-03-01T10:00:00Z","ScheduledTime":"2026-03-01T10:00:00Z","FunctionName":"Greet","Input":"\"Ada\"","Result":"Hello Ada!"},
            {"EventType":"ExecutionCompleted","Timestamp":"2026-03-01T10:00:00Z","OrchestrationStatus":"Completed","Result":["Hello Ada!"]}]
            """.ReplaceLineEndings(string.Empty),
            status!["historyEvents"]!.ToJsonString(RelaxedJson.Options));
    }

    [Fact]
    public async Task Results_and_inputs_are_left_out_unless_asked_for()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Greets", "g", """["Ada", "Eve"]""");

        var history = (await app.JsonAsync("instances/g?showHistory=true&showInput=false"))!["historyEvents"]!.AsArray();

        Assert.Equal(4, history.Count);
        Assert.All(history, happened => Assert.False(happened!.AsObject().ContainsKey("Result")));
        Assert.All(history, happened => Assert.False(happened!.AsObject().ContainsKey("Input")));
    }

    [Fact]
    public async Task An_instance_that_has_not_begun_has_no_history()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.Client.ScheduleNewOrchestrationInstanceAsync(
            "Waits", new Microsoft.DurableTask.StartOrchestrationOptions("w", app.Clock.GetUtcNow().AddHours(1)));

        var status = (await app.JsonAsync("instances/w?showHistory=true", HttpStatusCode.Accepted))!;

        Assert.Equal("Pending", status["runtimeStatus"]!.GetValue<string>());
        Assert.False(status.AsObject().ContainsKey("historyEvents"));
    }

    [Fact]
    public async Task A_timer_tells_when_it_fires_and_when_it_fired()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.StartAsync("Sleeps", "s");
        await Eventually.HoldsAsync(() => app.Engine.Counts.WaitingTimers == 1, "the timer waits");
        Assert.Equal("ExecutionStarted TimerCreated", await app.HistoryAsync("s", expected: HttpStatusCode.Accepted));
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.EndAsync("s");

        var history = (await app.JsonAsync("instances/s?showHistory=true"))!["historyEvents"]!.AsArray();

        Assert.Equal("2026-03-01T11:00:00Z", history[1]!["FireAt"]!.GetValue<string>());
        Assert.Equal(
            """{"EventType":"TimerFired","Timestamp":"2026-03-01T11:00:00Z","FireAt":"2026-03-01T11:00:00Z"}""", history[2]!.ToJsonString());
        Assert.Equal("ExecutionStarted TimerCreated TimerFired ExecutionCompleted", await app.HistoryAsync("s"));
    }

    [Fact]
    public async Task External_events_suspensions_and_their_reasons_are_told()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.StartAsync("Waits", "w");
        await app.IsAsync("w", OrchestrationRuntimeStatus.Running);
        await app.PostAsync("instances/w/suspend?reason=later");
        await app.IsAsync("w", OrchestrationRuntimeStatus.Suspended);
        await app.PostAsync("instances/w/resume?reason=now");
        await app.PostAsync("instances/w/raiseEvent/go", """{"a":1}""");
        await app.EndAsync("w");

        var history = (await app.JsonAsync("instances/w?showHistory=true"))!["historyEvents"]!.AsArray();

        Assert.Equal("ExecutionStarted ExecutionSuspended ExecutionResumed EventRaised ExecutionCompleted", await app.HistoryAsync("w"));
        Assert.Equal(("later", "now"), (history[1]!["Reason"]!.GetValue<string>(), history[2]!["Reason"]!.GetValue<string>()));
        Assert.Equal(("go", """{"a":1}"""), (history[3]!["Name"]!.GetValue<string>(), history[3]!["Input"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_sub_orchestration_is_one_event_too()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Delegates", "d");

        var history = (await app.JsonAsync("instances/d?showHistory=true&showHistoryOutput=true"))!["historyEvents"]!.AsArray();

        Assert.Equal("ExecutionStarted SubOrchestrationInstanceCompleted ExecutionCompleted", await app.HistoryAsync("d"));
        Assert.Equal("Greets", history[1]!["FunctionName"]!.GetValue<string>());
        Assert.Equal("""["Hello Ada!"]""", history[1]!["Result"]!.ToJsonString(RelaxedJson.Options));
    }

    [Fact]
    public async Task A_failure_is_told_with_its_details()
    {
        await using var app = await ManagedApp.StartAsync();
        app.Luck.IsOut = true;
        await app.RunAsync("Dares", "d");

        var history = (await app.JsonAsync("instances/d?showHistory=true"))!["historyEvents"]!.AsArray();

        Assert.Equal("ExecutionStarted TaskFailed ExecutionCompleted", await app.HistoryAsync("d"));
        Assert.Equal("no luck", history[1]!["Reason"]!.GetValue<string>());
        Assert.Equal("System.InvalidOperationException", history[1]!["FailureDetails"]!["ErrorType"]!.GetValue<string>());
        Assert.Equal("Dare", history[1]!["FunctionName"]!.GetValue<string>());
        Assert.Equal("Failed", history[2]!["OrchestrationStatus"]!.GetValue<string>());
        Assert.Equal("System.InvalidOperationException", history[2]!["FailureDetails"]!["InnerFailure"]!["ErrorType"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_call_without_an_answer_is_told_as_scheduled()
    {
        await using var app = await ManagedApp.StartAsync();
        app.Luck.Holds = new TaskCompletionSource();
        await app.StartAsync("Dares", "d");
        await Eventually.HoldsAsync(
            () => app.Engine.GetHistory("d").OfType<EventFunctions.Local.DurableTask.HistoryEvent.ActivityScheduled>().Any(), "the activity is called");

        var history = (await app.JsonAsync("instances/d?showHistory=true", HttpStatusCode.Accepted))!["historyEvents"]!.AsArray();
        app.Luck.Holds.SetResult();
        await app.EndAsync("d");

        Assert.Equal("""{"EventType":"TaskScheduled","Timestamp":"2026-03-01T10:00:00Z","Name":"Dare","Input":"\u0022all\u0022"}""", history[1]!.ToJsonString());
    }

    [Fact]
    public async Task The_raw_history_has_the_episodes_and_the_ids()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Greets", "g", """["Ada"]""");

        var history = (await app.JsonAsync("instances/g?showHistory=true&rawHistory=true"))!["historyEvents"]!.AsArray();

        Assert.Equal(
            "OrchestratorStarted ExecutionStarted TaskScheduled OrchestratorStarted TaskCompleted ExecutionCompleted",
            await app.HistoryAsync("g", "showHistory=true&rawHistory=true"));
        Assert.Equal([-1, -1, 0, -1, -1, -1], history.Select(happened => happened!["EventId"]!.GetValue<int>()));
        Assert.Equal(0, history[4]!["TaskScheduledId"]!.GetValue<int>());
        Assert.Equal("g", history[1]!["OrchestrationInstance"]!["InstanceId"]!.GetValue<string>());
    }
}
