using System.Net;
using System.Net.Http.Json;
using System.Text;
using EventFunctions.Local.Functions.Tests.Support;
using EventFunctions.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.Logging;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace EventFunctions.Local.Functions.Tests;

public sealed class HttpFailureTests : IAsyncLifetime
{
    private TestApp _app = null!;

    public async Task InitializeAsync() => _app = await TestApp.StartAsync(typeof(Failing));

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Fact]
    public async Task An_unhandled_exception_is_logged_and_answered_with_a_problem_that_hides_it()
    {
        var response = await _app.Http.GetAsync("api/throws");
        var problem = await response.Content.ReadFromJsonAsync<ProblemDetails>();

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(500, problem!.Status);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var line = Assert.Single(_app.Log.Lines, l => l.Level == LogLevel.Error);
        Assert.Contains("of Throws failed", line.Text, StringComparison.Ordinal);
        Assert.Contains("secret", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_of_a_response_that_was_given_up_do_not_leak_into_the_failure()
    {
        var response = await _app.Http.GetAsync("api/half");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.False(response.Headers.Contains("X-Half"));
    }

    [Theory]
    [InlineData("{ not json", "application/json")]
    [InlineData("{}", "text/plain")]
    public async Task A_body_that_can_not_be_bound_fails_the_invocation(string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);

        Assert.Equal(HttpStatusCode.InternalServerError, (await _app.Http.PostAsync("api/bound", content)).StatusCode);
        Assert.Contains(_app.Log.Lines, line => line.Text.Contains("can't be bound to 'values'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_parameters_that_can_not_be_converted_are_named_at_once()
    {
        Assert.Equal(HttpStatusCode.InternalServerError, (await _app.Http.GetAsync("api/convert?first=x&second=y")).StatusCode);
        var line = Assert.Single(_app.Log.Lines, l => l.Level == LogLevel.Error);
        Assert.Contains("Error converting 2 input parameters for Function 'Convert'", line.Text, StringComparison.Ordinal);
        Assert.Contains("'first'", line.Text, StringComparison.Ordinal);
        Assert.Contains("'second'", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_goes_away_cancels_the_invocation()
    {
        using var client = new CancellationTokenSource();
        var call = _app.Http.GetAsync("api/waits", client.Token);
        await Eventually.HoldsAsync(() => _app.Recorder.Entries.Contains("waiting"), "the function runs");

        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.HoldsAsync(() => _app.Recorder.Entries.Contains("cancelled"), "the function saw the cancellation");
    }

    public sealed class Failing(Recorder recorder)
    {
        [Function("Throws")]
        public IActionResult Throws([HttpTrigger("get", Route = "throws")] HttpRequest request) =>
            throw new InvalidOperationException("a secret");

        [Function("Half")]
        public Task<HttpResponseData> Half([HttpTrigger("get", Route = "half")] HttpRequestData request)
        {
            var response = request.CreateResponse(HttpStatusCode.OK);
            response.Headers.Add("X-Half", "1");
            response.Headers.Add("Content-Type", "text/plain");
            throw new InvalidOperationException("half way");
        }

        [Function("Bound")]
        public IActionResult Bound([HttpTrigger("post", Route = "bound")] HttpRequest request, [FromBody] int[] values) =>
            new OkObjectResult(values.Length);

        [Function("Convert")]
        public IActionResult Convert([HttpTrigger("get", Route = "convert")] HttpRequest request, int first, Guid second) =>
            new OkObjectResult($"{first}{second}");

        [Function("Waits")]
        public async Task<IActionResult> Waits([HttpTrigger("get", Route = "waits")] HttpRequest request, CancellationToken cancellationToken)
        {
            recorder.Add("waiting");
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                recorder.Add("cancelled");
                throw;
            }

            return new OkResult();
        }
    }
}
