using System.Collections.Concurrent;
using System.Net;
using EventFunctions.Local.Functions.Tests.Support;
using EventFunctions.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace EventFunctions.Local.Functions.Tests;

/// <summary>
/// HTTP calls of orchestrators (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-features). What is asked of a
/// Location, and when, is as observed on Microsoft.Azure.Functions.Worker.Extensions.DurableTask 1.22.0.
/// </summary>
public sealed class DurableHttpTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private TestApp _app = null!;

    private Server Partner => _app.Services.GetRequiredService<Server>();

    private DurableTaskClient Client => _app.Services.GetRequiredService<DurableTaskClient>();

    public async Task InitializeAsync()
    {
        _app = await TestApp.StartAsync(new TestAppOptions
        {
            Functions = [typeof(Caller), typeof(Endpoint)],
            HostJson = """{ "extensions": { "durableTask": { "httpSettings": { "defaultAsyncRequestSleepTimeMilliseconds": 45000 } } } }""",
            Clock = _clock,
            Compose = builder =>
            {
                builder.ConfigureFunctionsWebApplication();
                builder.Services.AddSingleton<Server>();
            },
        });
    }

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Fact]
    public async Task A_call_sends_method_headers_and_content_and_brings_status_headers_and_content()
    {
        Partner.Answers.Enqueue(new Answer(HttpStatusCode.Created, "made", ("X-Reply", "yes")));

        var answer = await CallAsync(new CallOf("POST", "abc", new() { ["x-a"] = "1", ["Content-Type"] = "application/json" }));

        Assert.Equal("201 made yes", answer);
        Assert.Equal("POST application/json abc 1", Assert.Single(Partner.Asked));
    }

    [Fact]
    public async Task Content_is_plain_text_unless_said_otherwise_and_an_error_is_an_answer()
    {
        Partner.Answers.Enqueue(new Answer(HttpStatusCode.InternalServerError, "broken"));

        Assert.Equal("500 broken", await CallAsync(new CallOf("PUT", "abc", [])));
        Assert.Equal("PUT text/plain abc", Assert.Single(Partner.Asked));
    }

    [Theory]
    [InlineData(503, "", true)]
    [InlineData(404, "", true)]
    [InlineData(202, "", false)]
    [InlineData(503, "502", false)]
    [InlineData(202, "202,503", true)]
    public async Task Answers_that_the_retry_options_name_fail_the_call_which_is_made_once(int status, string named, bool fails)
    {
        Partner.Answers.Enqueue(new Answer((HttpStatusCode)status, "text"));

        var answer = await CallAsync(new CallOf("GET", null, []) { FailOn = [.. named.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)] });

        Assert.Equal(fails, answer.StartsWith("failed: System.Net.Http.HttpRequestException", StringComparison.Ordinal));
        Assert.Single(Partner.Asked);
    }

    [Fact]
    public async Task An_answer_202_is_an_answer_unless_the_asynchronous_pattern_is_asked_for()
    {
        Partner.Answers.Enqueue(new Answer(HttpStatusCode.Accepted, "later", ("Location", "/api/partner?poll=1")));

        Assert.Equal("202 later", await CallAsync(new CallOf("POST", null, [])));
        Assert.Single(Partner.Asked);
    }

    [Fact]
    public async Task With_the_asynchronous_pattern_the_location_is_asked_when_it_wants_to_be_until_it_has_an_answer()
    {
        Partner.Answers.Enqueue(new Answer(HttpStatusCode.Accepted, "later", ("Location", "/api/partner?poll=1"), ("Retry-After", "7")));
        Partner.Answers.Enqueue(new Answer(HttpStatusCode.Accepted, "later", ("Location", "?poll=2")));
        Partner.Answers.Enqueue(new Answer(HttpStatusCode.OK, "done"));
        var id = await StartAsync(new CallOf("POST", "abc", new() { ["x-functions-key"] = "secret", ["x-a"] = "1", ["Authorization"] = "Bearer t" }) { IsAsynchronous = true });

        await PassAsync(asked: 1, TimeSpan.FromSeconds(7));
        await PassAsync(asked: 2, TimeSpan.FromSeconds(45));
        var answer = await EndAsync(id);

        Assert.Equal("200 done", answer);
        Assert.Equal(
            ["POST text/plain abc 1 key:secret auth:Bearer t", "GET poll=1 1 auth:Bearer t", "GET poll=2 1 auth:Bearer t"],
            Partner.Asked);
    }

    [Fact]
    public async Task Credentials_do_not_go_to_another_server_and_a_location_that_is_missing_fails()
    {
        var elsewhere = new UriBuilder(_app.Http.BaseAddress!) { Host = "localhost", Path = "api/partner", Query = "poll=1" }.Uri;
        Partner.Answers.Enqueue(new Answer(HttpStatusCode.Accepted, "later", ("Location", elsewhere.AbsoluteUri), ("Retry-After", "1")));
        Partner.Answers.Enqueue(new Answer(HttpStatusCode.Accepted, "later"));
        var id = await StartAsync(new CallOf("GET", null, new() { ["Authorization"] = "Bearer t", ["x-a"] = "1" }) { IsAsynchronous = true });

        await PassAsync(asked: 1, TimeSpan.FromSeconds(1));
        var answer = await EndAsync(id);

        Assert.StartsWith("failed: System.InvalidOperationException", answer, StringComparison.Ordinal);
        Assert.Contains("answered 202 without a Location", answer, StringComparison.Ordinal);
        Assert.Equal(["GET 1 auth:Bearer t", "GET poll=1 1"], Partner.Asked);
    }

    [Fact]
    public async Task A_call_that_takes_longer_than_it_may_fails()
    {
        Partner.Answers.Enqueue(new Answer(HttpStatusCode.OK, "late") { Never = true });
        var id = await StartAsync(new CallOf("GET", null, []) { Timeout = TimeSpan.FromSeconds(3) });
        await Eventually.HoldsAsync(() => Partner.Asked.Count == 1, "the call is on its way");

        _clock.Advance(TimeSpan.FromSeconds(3));

        var answer = await EndAsync(id);
        Assert.StartsWith("failed: System.TimeoutException", answer, StringComparison.Ordinal);
        Assert.Contains("was not answered within 00:00:03", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_and_content_that_can_not_be_sent_fail()
    {
        Assert.StartsWith(
            "failed: System.Net.Http.HttpRequestException",
            await CallAsync(new CallOf("GET", null, []) { Uri = new Uri("http://127.0.0.1:1/") }),
            StringComparison.Ordinal);
        Assert.Contains(
            "multipart is not supported",
            await CallAsync(new CallOf("POST", "abc", new() { ["Content-Type"] = "multipart/form-data; boundary=b" })),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_that_is_none_is_refused_under_its_path()
    {
        var refused = await Assert.ThrowsAsync<FunctionsStartupException>(() => TestApp.StartAsync(new TestAppOptions
        {
            Functions = [typeof(Endpoint)],
            HostJson = """{ "extensions": { "durableTask": { "httpSettings": { "defaultAsyncRequestSleepTimeMilliseconds": 0 } } } }""",
        }));

        Assert.Contains("'extensions.durableTask.httpSettings.defaultAsyncRequestSleepTimeMilliseconds' is 0", refused.Message, StringComparison.Ordinal);
    }

    private async Task PassAsync(int asked, TimeSpan time)
    {
        var engine = _app.Services.GetRequiredService<EventFunctions.Local.DurableTask.DurableTaskEngine>();
        await Eventually.HoldsAsync(() => Partner.Asked.Count == asked && engine.Counts.WaitingTimers == 1, $"the pause after call {asked} has begun");
        _clock.Advance(time - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, engine.Counts.WaitingTimers);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
    }

    private async Task<string> CallAsync(CallOf call) => await EndAsync(await StartAsync(call));

    private Task<string> StartAsync(CallOf call) => Client.ScheduleNewOrchestrationInstanceAsync(
        nameof(Caller), call with { Uri = call.Uri ?? new Uri(_app.Http.BaseAddress!, "api/partner") });

    private async Task<string> EndAsync(string id)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        return (await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, deadline.Token)).ReadOutputAs<string>()!;
    }

    internal sealed record CallOf(string Method, string? Content, Dictionary<string, string> Headers)
    {
        public Uri? Uri { get; init; }

        public bool IsAsynchronous { get; init; }

        public TimeSpan? Timeout { get; init; }

        /// <summary>Empty for every error.</summary>
        public int[]? FailOn { get; init; }
    }

    public sealed record Answer(HttpStatusCode Status, string Content, params (string Name, string Value)[] Headers)
    {
        public bool Never { get; init; }
    }

    /// <summary>What the partner was asked, and what it answers.</summary>
    public sealed class Server
    {
        public ConcurrentQueue<string> Asked { get; } = new();

        public ConcurrentQueue<Answer> Answers { get; } = new();
    }

    public static class Caller
    {
        [Function(nameof(Caller))]
        public static async Task<string> Run([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var call = context.GetInput<CallOf>()!;
            var request = new DurableHttpRequest(new HttpMethod(call.Method), call.Uri!)
            {
                Content = call.Content,
                Headers = call.Headers.ToDictionary(header => header.Key, header => new StringValues(header.Value)),
                AsynchronousPatternEnabled = call.IsAsynchronous,
                Timeout = call.Timeout,
                HttpRetryOptions = call.FailOn is null
                    ? null
                    : new HttpRetryOptions([.. call.FailOn.Select(code => (HttpStatusCode)code)]) { MaxNumberOfAttempts = 3, FirstRetryInterval = TimeSpan.FromSeconds(1) },
            };
            try
            {
                var answer = await context.CallHttpAsync(request);
                var reply = answer.Headers!.TryGetValue("x-reply", out var value) ? $" {value}" : string.Empty;
                return $"{(int)answer.StatusCode} {answer.Content}{reply}";
            }
            catch (TaskFailedException failed)
            {
                return $"failed: {failed.FailureDetails.ErrorType}: {failed.FailureDetails.ErrorMessage}";
            }
            catch (InvalidOperationException failed)
            {
                return $"failed: {failed.GetType().FullName}: {failed.Message}";
            }
        }
    }

    public sealed class Endpoint(Server server)
    {
        [Function(nameof(Endpoint))]
        public async Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "partner")] HttpRequest request)
        {
            using var body = new StreamReader(request.Body);
            string[] seen =
            [
                request.Method,
                request.QueryString.ToString().TrimStart('?'),
                request.ContentType ?? string.Empty,
                await body.ReadToEndAsync(),
                request.Headers["x-a"].ToString(),
                request.Headers["x-functions-key"] is { Count: > 0 } key ? $"key:{key}" : string.Empty,
                request.Headers.Authorization is { Count: > 0 } token ? $"auth:{token}" : string.Empty,
            ];
            Assert.True(server.Answers.TryDequeue(out var answer));
            server.Asked.Enqueue(string.Join(' ', seen.Where(part => part.Length > 0)));
            if (answer.Never)
            {
                await Task.Delay(System.Threading.Timeout.Infinite, request.HttpContext.RequestAborted);
            }

            foreach (var (name, value) in answer.Headers)
            {
                request.HttpContext.Response.Headers[name] = value;
            }

            return new ContentResult { StatusCode = (int)answer.Status, Content = answer.Content };
        }
    }
}
