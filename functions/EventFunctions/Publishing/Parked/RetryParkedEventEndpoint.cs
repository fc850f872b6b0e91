using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Projections.Stalled;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Publishing.Parked;

/// <summary>
/// <c>POST /api/admin/parked/{stream}/{id}/retry</c>: publishes a parked event, after those of its stream that were parked before
/// it, and has the projections go on that had stalled at it.
/// </summary>
/// <param name="retry">Publishes.</param>
/// <param name="projections">The projections that read the stream.</param>
public sealed class RetryParkedEventEndpoint(ParkedEventRetry retry, StalledProjectionsRetry projections)
{
    /// <summary>200 when the event is published; 409 with the reason why it still is not; 404 where it is not parked.</summary>
    [Function("RetryParkedEvent")]
    [ApiAnswer(200, typeof(ParkedRetryReport))]
    [ApiProblem(404, "event-not-parked")]
    [ApiProblem(409, "still-parked", "event-discarded")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "parked/{stream}/{id}/retry")] HttpRequest request,
        string stream,
        string id,
        CancellationToken cancellationToken)
    {
        _ = request;
        var source = new DocumentReference(stream, id);
        return await retry.RetryAsync(source, cancellationToken) switch
        {
            ParkedRetryResult.Published published => new ApiResult(
                StatusCodes.Status200OK,
                new ParkedRetryReport(stream, id, published.Events, await projections.RetryAsync(stream, cancellationToken))),
            ParkedRetryResult.StillParked still => new ProblemResult(StillParked(still)),
            ParkedRetryResult.Discarded { Decision: var discard } => new ProblemResult(Discarded(discard)),
            _ => new ProblemResult(ParkedEventReport.NotParked(source)),
        };
    }

    private static Problem StillParked(ParkedRetryResult.StillParked still) => new(
        StatusCodes.Status409Conflict,
        "still-parked",
        "An event still cannot be published.",
        $"Event '{still.Event.Source.Id}' of '{still.Event.Source.Stream}' ({still.Event.Code}): {still.Event.Reason}");

    private static Problem Discarded(Discard discard) => new(
        StatusCodes.Status409Conflict,
        "event-discarded",
        "The event was discarded.",
        $"It was decided at {discard.At.UtcDateTime:O} that it is never to be published: {discard.Reason}");
}

/// <summary>What a retry of a parked event came to.</summary>
/// <param name="Stream">The event's stream.</param>
/// <param name="Id">The id of the event's document.</param>
/// <param name="Published">How many events were published: this one and those before it.</param>
/// <param name="Projections">What became of the projections that had stalled at the stream.</param>
public sealed record ParkedRetryReport(string Stream, string Id, int Published, IReadOnlyList<ProjectionRetryReport> Projections);
