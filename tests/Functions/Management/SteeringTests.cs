using System.Net;
using EventFunctions.Local.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.Functions.Tests.Management;

/// <summary>
/// Raising events, terminating, suspending, resuming, rewinding and restarting, by the page "HTTP API reference"
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api#raise-event and below).
/// </summary>
public sealed class SteeringTests
{
    public static TheoryData<string> Operations => ["raiseEvent/go", "terminate", "suspend", "resume"];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_missing_instance_is_answered_404(string operation)
    {
        await using var app = await ManagedApp.StartAsync();

        using var response = await app.PostAsync($"instances/nobody/{operation}", "1");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_instance_that_has_ended_is_answered_410(string operation)
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Echoes", "e");

        using var response = await app.PostAsync($"instances/e/{operation}", "1");

        Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("go")]
    [InlineData("GO")]
    public async Task A_raised_event_reaches_the_instance_with_its_payload(string name)
    {
        await using var app = await ManagedApp.StartAsync();
        await app.StartAsync("Waits", "w");

        using var response = await app.PostAsync($"instances/w/raiseEvent/{name}", """{ "a": 1.50 }""");
        await app.EndAsync("w");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("""{"a":1.50}""", (await app.JsonAsync("instances/w"))!["output"]!.ToJsonString());
    }

    [Theory]
    [InlineData("1", "text/plain")]
    [InlineData("{ not", "application/json")]
    [InlineData("", "application/json")]
    public async Task An_event_that_is_not_JSON_is_refused(string body, string mediaType)
    {
        await using var app = await ManagedApp.StartAsync();
        await app.StartAsync("Waits", "w");

        using var response = await app.PostAsync("instances/w/raiseEvent/go", body, mediaType);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain(app.Engine.GetHistory("w"), happened => happened is EventFunctions.Local.DurableTask.HistoryEvent.EventReceived);
    }

    [Fact]
    public async Task A_termination_ends_the_instance_with_the_reason_as_its_output()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.StartAsync("Waits", "w");

        using var response = await app.PostAsync("instances/w/terminate?reason=buggy");
        await app.EndAsync("w");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("buggy", (await app.JsonAsync("instances/w"))!["output"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_suspended_instance_goes_on_when_it_is_resumed()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.StartAsync("Waits", "w");
        await app.IsAsync("w", OrchestrationRuntimeStatus.Running);

        Assert.Equal(HttpStatusCode.Accepted, (await app.PostAsync("instances/w/suspend?reason=later")).StatusCode);
        await app.IsAsync("w", OrchestrationRuntimeStatus.Suspended);
        Assert.Equal(HttpStatusCode.Accepted, (await app.PostAsync("instances/w/raiseEvent/go", "1")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await app.PostAsync("instances/w/suspend")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await app.PostAsync("instances/w/resume")).StatusCode);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await app.EndAsync("w")).RuntimeStatus);
    }

    [Fact]
    public async Task Resuming_an_instance_that_is_not_suspended_is_refused_with_its_state()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.StartAsync("Waits", "w");
        await app.IsAsync("w", OrchestrationRuntimeStatus.Running);

        using var response = await app.PostAsync("instances/w/resume");

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("Running", (await ManagedApp.BodyAsync(response))!["Message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_instance_goes_on_when_it_is_rewound()
    {
        await using var app = await ManagedApp.StartAsync();
        app.Luck.IsOut = true;
        await app.RunAsync("Dares", "d");
        app.Luck.IsOut = false;

        using var response = await app.PostAsync("instances/d/rewind?reason=fixed");
        var ended = await app.EndAsync("d");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal((OrchestrationRuntimeStatus.Completed, "won all"), (ended.RuntimeStatus, ended.ReadOutputAs<string>()));
        Assert.Equal("ExecutionStarted ExecutionRewound TaskCompleted ExecutionCompleted", await app.HistoryAsync("d"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&rawHistory=true")]
    public async Task The_history_of_a_rewound_instance_can_be_replayed(string form)
    {
        await using var app = await ManagedApp.StartAsync();
        app.Luck.IsOut = true;
        await app.RunAsync("Dares", "d");
        app.Luck.IsOut = false;
        await app.PostAsync("instances/d/rewind?reason=fixed");
        await app.EndAsync("d");

        var exported = await app.Http.GetByteArrayAsync(new Uri(
            $"{ManagedApp.Base}/instances/d?showHistory=true&showHistoryOutput=true&showInput=true{form}", UriKind.Relative));

        Assert.IsType<ReplayVerdict.Agrees>(await app.Engine.CheckReplayAsync(RecordedInstanceReader.Read(exported)));
    }

    [Fact]
    public async Task Only_a_failed_instance_can_be_rewound()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Echoes", "done");
        await app.StartAsync("Waits", "runs");
        await app.StartAsync("Waits", "stopped");
        await app.PostAsync("instances/stopped/terminate");
        await app.EndAsync("stopped");

        foreach (var id in new[] { "done", "runs", "stopped" })
        {
            Assert.Equal(HttpStatusCode.PreconditionFailed, (await app.PostAsync($"instances/{id}/rewind")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await app.PostAsync("instances/nobody/rewind")).StatusCode);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("?restartWithNewInstanceId=true", false)]
    [InlineData("?restartWithNewInstanceId=false", true)]
    public async Task A_restart_takes_the_same_input_under_a_new_id_unless_told_otherwise(string query, bool sameId)
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Greets", "g", """["Ada"]""");

        using var response = await app.PostAsync("instances/g/restart" + query);
        var id = (await ManagedApp.BodyAsync(response))!["id"]!.GetValue<string>();

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(sameId, id == "g");
        Assert.Equal(["Hello Ada!"], (await app.EndAsync(id)).ReadOutputAs<string[]>()!);
        Assert.Equal(sameId ? 1 : 2, app.Engine.Counts.Instances);
    }

    [Fact]
    public async Task A_restart_can_be_waited_for()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Greets", "g", """["Ada"]""");

        using var response = await app.PostAsync("instances/g/restart?timeout=30&pollingInterval=1");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""["Hello Ada!"]""", (await ManagedApp.BodyAsync(response))!.ToJsonString());
    }

    [Fact]
    public async Task A_restart_of_a_missing_instance_is_answered_400_and_of_a_running_one_under_its_id_409()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.StartAsync("Waits", "w");

        Assert.Equal(HttpStatusCode.BadRequest, (await app.PostAsync("instances/nobody/restart")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await app.PostAsync("instances/w/restart?restartWithNewInstanceId=false")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await app.PostAsync("instances/w/restart")).StatusCode);
    }
}
