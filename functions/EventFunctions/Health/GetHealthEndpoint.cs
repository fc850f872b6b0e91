using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Health;

/// <summary><c>GET /api/health</c>: whether everything the app depends on answers.</summary>
/// <param name="probe">Asks.</param>
public sealed class GetHealthEndpoint(HealthProbe probe)
{
    /// <summary>200 if everything answers, else 503; both with what does and what does not.</summary>
    [Function("GetHealth")]
    [ApiAnswer(200, typeof(HealthReport))]
    [ApiAnswer(503, typeof(HealthReport))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        _ = request;
        var report = await probe.CheckAsync(client, cancellationToken);
        return new ApiResult(report.IsHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, report);
    }
}
