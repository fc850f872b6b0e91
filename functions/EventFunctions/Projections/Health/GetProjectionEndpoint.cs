using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Projections.Health;

/// <summary><c>GET /api/admin/projections/{name}</c>: how a projection is.</summary>
/// <param name="projections">The projections.</param>
/// <param name="health">Judges.</param>
public sealed class GetProjectionEndpoint(ProjectionSet projections, ProjectionHealthReader health)
{
    /// <summary>200 with its report, or 404.</summary>
    [Function("GetProjection")]
    [ApiAnswer(200, typeof(ProjectionReport))]
    [ApiProblem(404, "projection-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "projections/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        _ = request;
        return new ApiResult(
            StatusCodes.Status200OK, await health.ReadAsync(ProjectionRoute.Projection(projections, name), cancellationToken));
    }
}
