using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Projections.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Projections.Stalled;

/// <summary><c>GET /api/admin/projections/{name}/stalled</c>: the stalled streams of a projection, page by page.</summary>
/// <param name="projections">The projections.</param>
/// <param name="stalled">Reads them.</param>
public sealed class ListStalledStreamsEndpoint(ProjectionSet projections, StalledStreamReader stalled)
{
    private const int UsualPageSize = 20;

    /// <summary>200 with a page, which is empty where nothing has stalled, or 404.</summary>
    [Function("ListStalledStreams")]
    [ApiQuery("pageSize", "How many streams a page holds: 1 to 100, 20 unless given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(200, typeof(StalledReport))]
    [ApiProblem(404, "projection-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "projections/{name}/stalled")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        var projection = ProjectionRoute.Projection(projections, name);
        var size = QueryParameters.PageSize(request, UsualPageSize, StalledPage.MaxSize);
        var continuation = QueryParameters.Continuation(request);
        return new ApiResult(
            StatusCodes.Status200OK,
            await QueryPages.AfterAsync(continuation, () => stalled.ReadAsync(projection.Name, size, continuation, cancellationToken)));
    }
}
