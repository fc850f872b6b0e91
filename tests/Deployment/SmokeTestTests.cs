using System.Net;

namespace EventFunctions.Deployment.Tests;

public sealed class SmokeTestTests : IDisposable
{
    private readonly FakeAzure _azure = new();

    public void Dispose() => _azure.Dispose();

    [Fact]
    public async Task An_app_that_is_well_after_a_while_passes()
    {
        Answers(null, HttpStatusCode.NotFound, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);

        var answer = await TestAsync();

        Assert.Contains("OK", answer, StringComparison.Ordinal);
        Assert.Equal(4, _azure.Requests.Count);
        Assert.All(_azure.Requests, r => Assert.Equal("GET /api/health", r));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "503", "role assignments")]
    [InlineData(HttpStatusCode.NotFound, "404", "without its functions")]
    [InlineData(HttpStatusCode.BadGateway, "502", "does not start")]
    [InlineData(null, "connection refused", "does not start")]
    public async Task An_app_that_never_is_well_fails_with_its_last_answer_and_what_to_look_at(HttpStatusCode? status, string answer, string remedy)
    {
        Answers(status);

        var failed = await Assert.ThrowsAsync<DeploymentException>(TestAsync);

        Assert.Contains(answer, failed.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, failed.Message, StringComparison.Ordinal);
        Assert.Equal(7, _azure.Requests.Count);
    }

    [Fact]
    public async Task Who_stops_it_is_obeyed()
    {
        Answers(HttpStatusCode.ServiceUnavailable);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TestAsync(stop.Token));
    }

    private void Answers(params HttpStatusCode?[] statuses)
    {
        _azure.Health.Clear();
        Array.ForEach(statuses, _azure.Health.Enqueue);
    }

    private Task<string> TestAsync() => TestAsync(CancellationToken.None);

    private Task<string> TestAsync(CancellationToken cancellationToken)
    {
        var patience = new Patience(new PassingTimeProvider(), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60));
        return new SmokeTest(new HttpClient(_azure), FakeAzure.Target, patience).RunAsync(cancellationToken);
    }
}
