using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Inventory.Replenishment.Api;

/// <summary><c>GET /api/admin/replenishments</c>: the replenishments that run or wait for an operator, page by page.</summary>
public sealed class ListReplenishmentsEndpoint
{
    private const int UsualPageSize = 20;
    private const int MaxPageSize = 100;

    private static readonly OrchestrationRuntimeStatus[] Open =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>200 with a page, which is empty where none is under way.</summary>
    [Function("ListReplenishments")]
    [ApiQuery("pageSize", "How many replenishments a page may hold, 1 to 100; 20 unless it is given.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(ReplenishmentsPage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "replenishments")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var pageSize = QueryParameters.PageSize(request, UsualPageSize, MaxPageSize);
        var continuation = QueryParameters.Continuation(request);
        var query = new OrchestrationQuery(
            Statuses: Open, InstanceIdPrefix: ReplenishmentTrace.InstancePrefix, PageSize: pageSize, FetchInputsAndOutputs: true, ContinuationToken: continuation);
        var items = new List<ReplenishmentReport>();
        await foreach (var page in client.GetAllInstancesAsync(query).AsPages(continuation, pageSize).WithCancellation(cancellationToken))
        {
            items.AddRange(page.Values.Select(ReplenishmentReport.Of));
            return new ApiResult(StatusCodes.Status200OK, new ReplenishmentsPage(items, page.ContinuationToken));
        }

        return new ApiResult(StatusCodes.Status200OK, new ReplenishmentsPage(items, null));
    }
}

/// <summary>A page of replenishments.</summary>
/// <param name="Items">The replenishments.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record ReplenishmentsPage(IReadOnlyList<ReplenishmentReport> Items, string? Continuation);
