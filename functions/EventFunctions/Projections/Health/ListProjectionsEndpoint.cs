using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Projections.Health;

/// <summary><c>GET /api/admin/projections</c>: how every projection is.</summary>
/// <param name="projections">The projections.</param>
/// <param name="health">Judges.</param>
public sealed class ListProjectionsEndpoint(IEnumerable<IProjectionDefinition> projections, ProjectionHealthReader health)
{
    /// <summary>200 with a report of each, by name.</summary>
    [Function("ListProjections")]
    [ApiAnswer(200, typeof(ProjectionsResponse))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "projections")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        _ = request;
        var reports = await Task.WhenAll(
            projections.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => health.ReadAsync(p, cancellationToken)));
        return new ApiResult(StatusCodes.Status200OK, new ProjectionsResponse(reports));
    }
}

/// <summary>All projections.</summary>
/// <param name="Items">By name.</param>
public sealed record ProjectionsResponse(IReadOnlyList<ProjectionReport> Items);
