using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Projections.Stalled;

/// <summary><c>POST /api/admin/projections/{name}/stalled/retry</c>: retries the stalled streams of a projection, a page for each call.</summary>
/// <param name="projections">The projections.</param>
/// <param name="stalled">The stalled streams.</param>
/// <param name="retry">Does it.</param>
public sealed class RetryStalledStreamsEndpoint(ProjectionSet projections, IStalledStreamList stalled, StalledStreamRetry retry)
{
    private const int UsualPageSize = 20;

    /// <summary>200 with what became of each stream; with a continuation while there are more.</summary>
    [Function("RetryStalledStreams")]
    [ApiQuery("pageSize", "How many streams are retried: 1 to 100, 20 unless given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(200, typeof(RetriedPage))]
    [ApiProblem(404, "projection-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "projections/{name}/stalled/retry")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        var projection = ProjectionRoute.Projection(projections, name);
        var page = await ListAsync(projection.Name, request, cancellationToken);
        var reports = new List<RetryReport>();
        foreach (var stream in page.Streams.Select(s => s.Stream))
        {
            reports.Add(RetryReport.Of(stream, await retry.RetryAsync(projection.Name, stream, cancellationToken)));
        }

        return new ApiResult(StatusCodes.Status200OK, new RetriedPage(reports, page.Continuation));
    }

    private async Task<StalledPage> ListAsync(string projection, HttpRequest request, CancellationToken cancellationToken)
    {
        var size = QueryParameters.PageSize(request, UsualPageSize, StalledPage.MaxSize);
        var continuation = QueryParameters.Continuation(request);
        return await QueryPages.AfterAsync(continuation, () => stalled.ListAsync(projection, size, continuation, cancellationToken));
    }
}

/// <summary>A page of streams that were retried.</summary>
/// <param name="Items">What became of each.</param>
/// <param name="Continuation">Retries the next page; absent after the last.</param>
public sealed record RetriedPage(IReadOnlyList<RetryReport> Items, string? Continuation);
