using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.Local.Functions.Tests.Support;
using EventFunctions.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventFunctions.Local.Functions.Tests;

public sealed class DurableTests
{
    [Fact]
    public async Task An_orchestrator_runs_its_activities_through_the_pipeline_with_serialized_inputs()
    {
        await using var app = await StartAsync(builder => builder.UseMiddleware((context, next) =>
        {
            context.InstanceServices.GetRequiredService<Recorder>().Add(
                $"{context.FunctionDefinition.InputBindings.Values.First(b => b.Type.EndsWith("Trigger", StringComparison.Ordinal)).Type} "
                + context.FunctionDefinition.Name);
            return next();
        }));
        var client = app.Services.GetRequiredService<DurableTaskClient>();

        var id = await client.ScheduleNewOrchestrationInstanceAsync("sum", new Numbers([1, 2, 3]));
        var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(12, ended.ReadOutputAs<int>());
        Assert.Equal(3, app.Recorder.Of<string>().Count(entry => entry == "activityTrigger Double"));
        Assert.Contains("orchestrationTrigger Sum", app.Recorder.Of<string>());
        Assert.Equal([1, 2, 3], app.Recorder.Of<int>().Order());
    }

    [Fact]
    public async Task The_scope_of_an_episode_ends_with_it_even_if_the_orchestrator_still_waits()
    {
        await using var app = await StartAsync(builder =>
        {
            builder.Services.AddScoped<MiddlewareTests.Scoped>();
            builder.UseWhen(
                context => context.FunctionDefinition.Name == "Waits",
                (context, next) =>
                {
                    context.InstanceServices.GetRequiredService<Recorder>()
                        .Add(context.InstanceServices.GetRequiredService<MiddlewareTests.Scoped>());
                    return next();
                });
        });
        var client = app.Services.GetRequiredService<DurableTaskClient>();

        var id = await client.ScheduleNewOrchestrationInstanceAsync("Waits");
        await Eventually.HoldsAsync(
            () => app.Recorder.Of<MiddlewareTests.Scoped>() is [{ IsDisposed: true }], "the first episode's scope is disposed");
        Assert.True((await client.GetInstanceAsync(id))!.IsRunning);

        await client.RaiseEventAsync(id, "go", "now");
        var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal("now", ended.ReadOutputAs<string>());
        await Eventually.HoldsAsync(
            () => app.Recorder.Of<MiddlewareTests.Scoped>().All(scope => scope.IsDisposed), "every episode's scope is disposed");
    }

    [Fact]
    public async Task An_activity_s_exception_is_the_task_s_failure()
    {
        await using var app = await StartAsync();
        var client = app.Services.GetRequiredService<DurableTaskClient>();

        var id = await client.ScheduleNewOrchestrationInstanceAsync("Fails");
        var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal("System.InvalidOperationException: no luck", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_input_of_another_shape_fails_the_activity()
    {
        await using var app = await StartAsync();
        var client = app.Services.GetRequiredService<DurableTaskClient>();

        var id = await client.ScheduleNewOrchestrationInstanceAsync("Misshapen");
        var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal("System.InvalidOperationException", ended.FailureDetails!.InnerFailure!.ErrorType);
    }

    [Fact]
    public async Task The_durable_client_binding_starts_instances_and_tells_where_to_ask()
    {
        await using var app = await StartAsync();

        var response = await app.Http.PostAsync("api/start/abc", null);
        var payload = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var address = new Uri(app.Http.BaseAddress!, "runtime/webhooks/durabletask/instances/abc").AbsoluteUri;
        Assert.StartsWith(address + "?taskHub=", payload.GetProperty("statusQueryGetUri").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(address + "/raiseEvent/{eventName}?", payload.GetProperty("sendEventPostUri").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(address + "/terminate?reason={{text}}&", payload.GetProperty("terminatePostUri").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_can_wait_for_the_end_of_an_instance()
    {
        await using var app = await StartAsync();

        var response = await app.Http.PostAsync("api/wait", null);
        var status = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Completed", status.GetProperty("RuntimeStatus").GetString());
        Assert.Equal("4", status.GetProperty("SerializedOutput").GetString());
    }

    [Fact]
    public async Task A_check_status_response_says_where_to_look_as_the_proxy_is_seen()
    {
        await using var app = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/check/x");
        request.Headers.Add("X-Forwarded-Host", "shop.example");
        request.Headers.Add("X-Forwarded-Proto", "https");

        var response = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.StartsWith(
            "https://shop.example/runtime/webhooks/durabletask/instances/x?", response.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("x", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("Id").GetString());
    }

    private static Task<TestApp> StartAsync(Action<FunctionsApplicationBuilder>? compose = null) => TestApp.StartAsync(new TestAppOptions
    {
        Functions = [typeof(Durable)],
        Compose = builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            compose?.Invoke(builder);
        },
    });

    public sealed record Numbers(int[] Values);

    public sealed class Durable(Recorder recorder)
    {
        [Function("Sum")]
        public async Task<int> Sum([OrchestrationTrigger] TaskOrchestrationContext context, Numbers numbers)
        {
            var doubled = await Task.WhenAll(numbers.Values.Select(value => context.CallActivityAsync<int>("Double", value)));
            return doubled.Sum();
        }

        [Function("Double")]
        public int Twice([ActivityTrigger] int value, string instanceId)
        {
            Assert.NotEmpty(instanceId);
            recorder.Add(value);
            return value * 2;
        }

        [Function("Waits")]
        public static Task<string> Waits([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.WaitForExternalEvent<string>("go");

        [Function("Fails")]
        public static async Task<string> Fails([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            try
            {
                await context.CallActivityAsync("Unlucky");
                return "it worked";
            }
            catch (TaskFailedException exception)
            {
                return $"{exception.FailureDetails.ErrorType}: {exception.FailureDetails.ErrorMessage}";
            }
        }

        [Function("Unlucky")]
        public static Task Unlucky([ActivityTrigger] string? input) => throw new InvalidOperationException("no luck");

        [Function("Misshapen")]
        public static Task<int> Misshapen([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallActivityAsync<int>("Double", "not a number");

        [Function("Start")]
        public static async Task<IActionResult> Start(
            [HttpTrigger("post", Route = "start/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client)
        {
            await client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions(InstanceId: id));
            var payload = client.CreateHttpManagementPayload(id);
            return new AcceptedResult(payload.StatusQueryGetUri, payload);
        }

        [Function("Wait")]
        public static async Task<HttpResponseData> Wait(
            [HttpTrigger("post", Route = "wait")] HttpRequestData request, [DurableClient] DurableTaskClient client, CancellationToken token)
        {
            var id = await client.ScheduleNewOrchestrationInstanceAsync("Sum", new Numbers([2]), token);
            return await client.WaitForCompletionOrCreateCheckStatusResponseAsync(
                request, id, TimeSpan.FromMilliseconds(10), getInputsAndOutputs: true, cancellation: token);
        }

        [Function("Check")]
        public static Task<HttpResponseData> Check(
            [HttpTrigger("post", Route = "check/{id}")] HttpRequestData request, string id, [DurableClient] DurableTaskClient client) =>
            client.CreateCheckStatusResponseAsync(request, id);
    }
}
