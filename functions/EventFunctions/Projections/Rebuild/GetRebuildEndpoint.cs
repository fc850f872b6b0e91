using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Projections.Rebuild;

/// <summary><c>GET /api/admin/projections/{name}/rebuild</c>: where the rebuild of a projection stands.</summary>
/// <param name="rebuilds">Finds it.</param>
public sealed class GetRebuildEndpoint(RebuildReader rebuilds)
{
    /// <summary>200 with phase, progress, rate and findings, also of one that has ended; 404 if none is known.</summary>
    [Function("GetRebuild")]
    [ApiAnswer(200, typeof(RebuildReport))]
    [ApiProblem(404, "projection-not-found", "rebuild-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "projections/{name}/rebuild")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string name,
        CancellationToken cancellationToken)
    {
        _ = request;
        return new ApiResult(StatusCodes.Status200OK, await rebuilds.ReadAsync(client, name, cancellationToken));
    }
}
