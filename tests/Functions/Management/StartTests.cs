using System.Net;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.Functions.Tests.Management;

/// <summary>
/// Starting an instance over HTTP, by the page "HTTP API reference" of the Durable Functions documentation
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api#start-orchestration).
/// </summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_start_answers_202_with_every_address_of_the_instance()
    {
        await using var app = await ManagedApp.StartAsync();

        using var response = await app.PostAsync("orchestrators/Waits/w");
        var payload = (await ManagedApp.BodyAsync(response))!.AsObject();

        var instance = new Uri(app.Address, ManagedApp.Base + "/instances/w").AbsoluteUri;
        const string Query = "taskHub=Tests&connection=Storage";
        var expected = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["id"] = "w",
            ["statusQueryGetUri"] = $"{instance}?{Query}",
            ["sendEventPostUri"] = $"{instance}/raiseEvent/{{eventName}}?{Query}",
            ["terminatePostUri"] = $"{instance}/terminate?reason={{text}}&{Query}",
            ["rewindPostUri"] = $"{instance}/rewind?reason={{text}}&{Query}",
            ["purgeHistoryDeleteUri"] = $"{instance}?{Query}",
            ["restartPostUri"] = $"{instance}/restart?{Query}",
            ["suspendPostUri"] = $"{instance}/suspend?reason={{text}}&{Query}",
            ["resumePostUri"] = $"{instance}/resume?reason={{text}}&{Query}",
        };
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(expected, payload.ToDictionary(member => member.Key, member => member.Value!.GetValue<string>(), StringComparer.Ordinal));
        Assert.Equal(expected["statusQueryGetUri"], response.Headers.Location!.AbsoluteUri);
        Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter!.Delta);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_addresses_of_the_answer_lead_to_the_operations()
    {
        await using var app = await ManagedApp.StartAsync();
        using var started = await app.PostAsync("orchestrators/Waits/w");
        var payload = (await ManagedApp.BodyAsync(started))!;
        await app.IsAsync("w", OrchestrationRuntimeStatus.Running);

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(payload, "suspendPostUri"));
        await app.IsAsync("w", OrchestrationRuntimeStatus.Suspended);
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(payload, "resumePostUri"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(payload, "terminatePostUri"));
        await app.EndAsync("w");
        Assert.Equal(HttpStatusCode.Gone, await PostAsync(payload, "sendEventPostUri"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await PostAsync(payload, "rewindPostUri"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(payload, "restartPostUri"));
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync(payload["statusQueryGetUri"]!.GetValue<string>())).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.DeleteAsync(payload["purgeHistoryDeleteUri"]!.GetValue<string>())).StatusCode);

        async Task<HttpStatusCode> PostAsync(JsonNode addresses, string name)
        {
            var address = addresses[name]!.GetValue<string>().Replace("{eventName}", "go", StringComparison.Ordinal)
                .Replace("{text}", "because", StringComparison.Ordinal);
            using var response = await app.Http.PostAsync(address, null);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Without_an_instance_id_one_is_made()
    {
        await using var app = await ManagedApp.StartAsync();

        using var response = await app.PostAsync("orchestrators/Echoes", "1");

        var id = (await ManagedApp.BodyAsync(response))!["id"]!.GetValue<string>();
        Assert.True(Guid.TryParseExact(id, "N", out _));
        Assert.Equal(1, (await app.EndAsync(id)).ReadOutputAs<int>());
    }

    [Theory]
    [InlineData(null, "null")]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("""{ "a": [1, 2.50, null] }""", """{"a":[1,2.50,null]}""")]
    public async Task The_body_is_the_input(string? body, string output)
    {
        await using var app = await ManagedApp.StartAsync();

        await app.RunAsync("Echoes", "e", body);

        var status = (await app.JsonAsync("instances/e"))!;
        Assert.Equal(output, status["output"]?.ToJsonString() ?? "null");
        Assert.Equal(output, status["input"]?.ToJsonString() ?? "null");
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_is_refused()
    {
        await using var app = await ManagedApp.StartAsync();

        using var response = await app.PostAsync("orchestrators/Echoes/e", "{ not");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("Invalid JSON content", (await ManagedApp.BodyAsync(response))!["Message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, app.Engine.Counts.Instances);
    }

    [Theory]
    [InlineData("orchestrators/Nobody", "Nobody")]
    [InlineData("orchestrators/Greet", "Greet")]
    [InlineData("orchestrators/Echoes/@x", "@x")]
    [InlineData("orchestrators/Echoes/e?taskHub=Other", "Other")]
    [InlineData("orchestrators/Echoes/e?timeout=soon&pollingInterval=1", "timeout")]
    public async Task What_can_t_be_started_is_refused_by_name(string path, string named)
    {
        await using var app = await ManagedApp.StartAsync();

        using var response = await app.PostAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(named, (await ManagedApp.BodyAsync(response))!["Message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, app.Engine.Counts.Instances);
    }

    [Fact]
    public async Task An_id_that_runs_is_answered_409_and_one_that_has_ended_is_taken_again()
    {
        await using var app = await ManagedApp.StartAsync();
        await app.StartAsync("Waits", "w");

        using var refused = await app.PostAsync("orchestrators/Waits/w");
        await app.PostAsync("instances/w/terminate");
        await app.EndAsync("w");
        await app.RunAsync("Echoes", "w", "2");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("Echoes", (await app.JsonAsync("instances/w"))!["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("", "2.0")]
    [InlineData("?version=1.5", "1.5")]
    [InlineData("?version=", "")]
    public async Task The_version_may_be_given(string query, string version)
    {
        await using var app = await ManagedApp.StartAsync("""{ "version": "2.0", "extensions": { "durableTask": { "defaultVersion": "2.0" } } }""");

        using var response = await app.PostAsync("orchestrators/Versions/v" + query);

        Assert.Equal(version, (await app.EndAsync("v")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task With_a_timeout_the_answer_is_the_output_itself()
    {
        await using var app = await ManagedApp.StartAsync();

        using var response = await app.PostAsync("orchestrators/Greets?timeout=30&pollingInterval=1", """["Ada"]""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""["Hello Ada!"]""", (await ManagedApp.BodyAsync(response))!.ToJsonString());
    }

    [Fact]
    public async Task With_a_timeout_the_answer_for_a_failed_instance_is_its_state()
    {
        await using var app = await ManagedApp.StartAsync();

        using var response = await app.PostAsync("orchestrators/Breaks/b?timeout=30&pollingInterval=1");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Failed", (await ManagedApp.BodyAsync(response))!["runtimeStatus"]!.GetValue<string>());
    }

    [Fact]
    public async Task After_the_timeout_the_answer_says_where_to_ask()
    {
        await using var app = await ManagedApp.StartAsync();

        using var response = await app.PostAsync("orchestrators/Waits/w?timeout=0&pollingInterval=0");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("w", (await ManagedApp.BodyAsync(response))!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_answer_s_addresses_are_those_that_a_proxy_is_reached_under()
    {
        await using var app = await ManagedApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, ManagedApp.Base + "/orchestrators/Waits/w");
        request.Headers.Add("Forwarded", "host=shop.example;proto=https");

        using var response = await app.Http.SendAsync(request);

        Assert.StartsWith($"https://shop.example/{ManagedApp.Base}/instances/w?", response.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
    }
}
