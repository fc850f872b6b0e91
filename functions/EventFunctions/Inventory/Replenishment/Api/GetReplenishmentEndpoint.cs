using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Inventory.Replenishment.Api;

/// <summary><c>GET /api/admin/replenishments/{replenishmentId}</c>: a replenishment as it stands, or how it ended.</summary>
public sealed class GetReplenishmentEndpoint
{
    /// <summary>200 with the replenishment; 404 where there is none.</summary>
    [Function("GetReplenishment")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(ReplenishmentReport))]
    [ApiProblem(StatusCodes.Status404NotFound, ReplenishmentReader.NotFound)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "replenishments/{replenishmentId}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string replenishmentId,
        CancellationToken cancellationToken)
    {
        _ = request;
        return new ApiResult(StatusCodes.Status200OK, await ReplenishmentReader.ReadAsync(client, replenishmentId, cancellationToken));
    }
}
