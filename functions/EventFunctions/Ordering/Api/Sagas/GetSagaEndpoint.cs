using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Ordering.Api.Sagas;

/// <summary><c>GET /api/admin/sagas/{orderId}</c>: where an order's saga stands, what is left to do, and its resumptions.</summary>
/// <param name="sagas">Reads it.</param>
public sealed class GetSagaEndpoint(OrderSagaReader sagas)
{
    /// <summary>200 with the saga, or 404.</summary>
    [Function("GetSaga")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(OrderSagaReport))]
    [ApiProblem(StatusCodes.Status404NotFound, OrderSagaReader.NotFoundCode)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "sagas/{orderId}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string orderId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var history = await OrderSagaReader.FindAsync(client, RouteId.Order(orderId), cancellationToken);
        return new ApiResult(StatusCodes.Status200OK, await sagas.ReportAsync(history, cancellationToken));
    }
}
