using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Projections.Rebuild;

/// <summary><c>POST /api/admin/projections/{name}/rebuild</c>: starts the rebuild of a projection; its old views go on serving.</summary>
/// <param name="projections">The projections.</param>
/// <param name="rebuilds">Starts.</param>
public sealed class StartRebuildEndpoint(ProjectionSet projections, RebuildStarter rebuilds)
{
    /// <summary>202 with the place of its status; 409 while another one is under way.</summary>
    [Function("StartRebuild")]
    [ApiBody(typeof(StartRebuildRequest), Optional = true)]
    [ApiAnswer(202, typeof(RebuildAnswer), HasLocation = true)]
    [ApiProblem(404, "projection-not-found")]
    [ApiProblem(409, "rebuild-under-way")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "projections/{name}/rebuild")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string name,
        CancellationToken cancellationToken)
    {
        ProjectionRoute.Projection(projections, name);
        var body = (await RequestBody.ReadAsync(request, cancellationToken)).JsonOr(new StartRebuildRequest());
        return await rebuilds.TryStartAsync(client, name, body.AcceptDifferences ?? false, cancellationToken) is { } generation
            ? new ApiResult(
                StatusCodes.Status202Accepted, new RebuildAnswer(name, generation), location: $"/api/admin/projections/{name}/rebuild")
            : new ProblemResult(RebuildProblems.UnderWay(name));
    }
}

/// <summary>The body of a start; it may be left out.</summary>
/// <param name="AcceptDifferences">Whether the new views serve by themselves also if they differ from the old ones; no if not said.</param>
public sealed record StartRebuildRequest(bool? AcceptDifferences = null);

/// <summary>The answer to a start.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Generation">The number of the new generation.</param>
public sealed record RebuildAnswer(string Projection, int Generation);
