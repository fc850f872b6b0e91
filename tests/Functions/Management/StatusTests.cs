using System.Net;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.Functions.Tests.Management;

/// <summary>
/// The state of one instance, by the page "HTTP API reference"
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api#get-instance-status).
/// </summary>
public sealed class StatusTests
{
    [Fact]
    public async Task An_ended_instance_is_answered_200_with_its_state_and_no_address()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Greets", "g", """["Ada"]""");

        using var response = await app.GetAsync("instances/g");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.Equal(
            """
            {"name":"Greets","instanceId":"g","runtimeStatus":"Completed","input":["Ada"],"customStatus":null,"output":["Hello Ada!"],
            "createdTime":"2026-03-01T10:00:00Z","lastUpdatedTime":"2026-03-01T10:00:00Z"}
            """.ReplaceLineEndings(string.Empty),
            (await ManagedApp.BodyAsync(response))!.ToJsonString(RelaxedJson.Options));
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Suspended)]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    public async Task An_instance_that_goes_on_is_answered_202_with_where_and_when_to_ask(OrchestrationRuntimeStatus status)
    {
        await using var app = await ManagedApp.StartAsync();
        await app.Client.ScheduleNewOrchestrationInstanceAsync(
            "Waits",
            new Microsoft.DurableTask.StartOrchestrationOptions("w", status == OrchestrationRuntimeStatus.Pending ? app.Clock.GetUtcNow().AddHours(1) : null));
        if (status == OrchestrationRuntimeStatus.Suspended)
        {
            await app.PostAsync("instances/w/suspend");
        }

        await app.IsAsync("w", status);

        using var response = await app.GetAsync("instances/w?taskHub=Tests");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(new Uri(app.Address, ManagedApp.Base + "/instances/w?taskHub=Tests"), response.Headers.Location);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter!.Delta);
        Assert.Equal(status.ToString(), (await ManagedApp.BodyAsync(response))!["runtimeStatus"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("?returnInternalServerErrorOnFailure=false", HttpStatusCode.OK)]
    [InlineData("?returnInternalServerErrorOnFailure=true", HttpStatusCode.InternalServerError)]
    public async Task A_failed_instance_is_answered_500_only_if_that_was_asked_for(string query, HttpStatusCode expected)
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Breaks", "b");

        var status = (await app.JsonAsync("instances/b" + query, expected))!;

        Assert.Equal("Failed", status["runtimeStatus"]!.GetValue<string>());
        Assert.Equal("System.InvalidOperationException: no way", status["output"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_completed_or_terminated_instance_is_no_failure()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Echoes", "done");
        await app.StartAsync("Waits", "stopped");
        await app.PostAsync("instances/stopped/terminate?reason=buggy");
        await app.EndAsync("stopped");

        await app.JsonAsync("instances/done?returnInternalServerErrorOnFailure=true");
        var stopped = (await app.JsonAsync("instances/stopped?returnInternalServerErrorOnFailure=true"))!;

        Assert.Equal(("Terminated", "buggy"), (stopped["runtimeStatus"]!.GetValue<string>(), stopped["output"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_missing_instance_is_answered_404_without_a_body()
    {
        await using var app = await ManagedApp.StartAsync();

        using var response = await app.GetAsync("instances/nobody");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_custom_status_is_JSON()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.StartAsync("Waits", "w");
        await app.IsAsync("w", OrchestrationRuntimeStatus.Running);

        Assert.Equal("go", (await app.JsonAsync("instances/w", HttpStatusCode.Accepted))!["customStatus"]!["waitsFor"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_input_may_be_left_out()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Greets", "g", """["Ada"]""");

        var status = (await app.JsonAsync("instances/g?showInput=false"))!.AsObject();

        Assert.True(status.ContainsKey("input"));
        Assert.Null(status["input"]);
        Assert.NotNull(status["output"]);
    }

    [Theory]
    [InlineData("showInput=perhaps", "showInput")]
    [InlineData("showHistory=1", "showHistory")]
    [InlineData("taskHub=Other", "Other")]
    public async Task A_parameter_that_can_t_be_read_is_refused_by_name(string query, string named)
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Echoes", "e");

        var refusal = (await app.JsonAsync("instances/e?" + query, HttpStatusCode.BadRequest))!;

        Assert.Contains(named, refusal["Message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "runtime/webhooks/durabletask")]
    [InlineData("GET", "runtime/webhooks/durabletask/nothing")]
    [InlineData("GET", "runtime/webhooks/durabletask/orchestrators/Echoes")]
    [InlineData("PUT", "runtime/webhooks/durabletask/instances/e")]
    [InlineData("POST", "runtime/webhooks/durabletask/instances")]
    [InlineData("GET", "runtime/webhooks/durabletask/instances/e/terminate")]
    [InlineData("POST", "runtime/webhooks/durabletask/instances/e/sing")]
    public async Task An_address_or_a_verb_that_the_API_does_not_have_is_answered_404(string verb, string path)
    {
        await using var app = await ManagedApp.StartAsync();
        await app.RunAsync("Echoes", "e");
        using var request = new HttpRequestMessage(new HttpMethod(verb), path);

        using var response = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Operations_are_found_whatever_their_letter_case()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.StartAsync("waits", "w");

        using var response = await app.PostAsync("Instances/w/TERMINATE");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task The_app_is_the_primary_one_of_its_hub()
    {
        await using var app = await ManagedApp.StartAsync();

        using var response = await app.PostAsync("makeprimary");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Durable_entities_are_refused_by_name()
    {
        await using var app = await ManagedApp.StartAsync();

        foreach (var send in new Func<Task<HttpResponseMessage>>[]
        {
            () => app.GetAsync("entities"), () => app.GetAsync("entities/Counter/1"), () => app.PostAsync("entities/Counter/1?op=add", "1"),
            () => app.DeleteAsync("entities/Counter/1"),
        })
        {
            using var response = await send();
            Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
            Assert.Contains("entities", (await ManagedApp.BodyAsync(response))!["Message"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }
}

internal static class RelaxedJson
{
    public static System.Text.Json.JsonSerializerOptions Options { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
