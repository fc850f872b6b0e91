using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Projections.Stalled;

/// <summary>
/// <c>POST /api/admin/projections/{name}/stalled/{stream}/retry</c>: has a projection catch up with a stream, once the cause is mended.
/// </summary>
/// <param name="projections">The projections.</param>
/// <param name="retry">Does it.</param>
public sealed class RetryStalledStreamEndpoint(ProjectionSet projections, StalledStreamRetry retry)
{
    /// <summary>200 when every event of the stream is applied; 409 with the event that still fails; 404 where nothing has stalled.</summary>
    [Function("RetryStalledStream")]
    [ApiAnswer(200, typeof(RetryReport))]
    [ApiProblem(404, "projection-not-found", "stream-not-stalled")]
    [ApiProblem(409, "still-stalled")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "projections/{name}/stalled/{stream}/retry")]
        HttpRequest request,
        string name,
        string stream,
        CancellationToken cancellationToken)
    {
        _ = request;
        var projection = ProjectionRoute.Projection(projections, name);
        var stalled = ProjectionRoute.Stream(stream);
        return await retry.RetryAsync(projection.Name, stalled, cancellationToken) switch
        {
            RetryResult.CaughtUp done => new ApiResult(StatusCodes.Status200OK, RetryReport.Of(stalled, done)),
            RetryResult.StillStalled { Stall: var stall } => new ProblemResult(StillStalled(stall)),
            _ => throw ProjectionRoute.NotStalled(stream),
        };
    }

    private static Problem StillStalled(StalledStream stall) => new(
        StatusCodes.Status409Conflict,
        "still-stalled",
        "An event of the stream still cannot be applied.",
        $"Event {stall.Event.Version} ({stall.Event.Type ?? "unreadable"}) of '{stall.Stream}': {stall.Error}");
}
