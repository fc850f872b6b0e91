using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Payments.Api;

/// <summary><c>GET /api/admin/payments/{orderId}/operations/{operationId}</c>: where a refund or a capture stands.</summary>
public sealed class GetPaymentOperationEndpoint
{
    /// <summary>200 with the operation, or 404.</summary>
    [Function("GetPaymentOperation")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(PaymentOperationReport))]
    [ApiProblem(StatusCodes.Status404NotFound, PaymentOperations.NotFoundCode)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "payments/{orderId}/operations/{operationId}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string orderId,
        string operationId,
        CancellationToken cancellationToken)
    {
        _ = request;
        return await PaymentOperations.FindAsync(client, RouteId.Order(orderId), operationId, cancellationToken) is { } operation
            ? new ApiResult(StatusCodes.Status200OK, operation)
            : new ProblemResult(Problem.NotFound(PaymentOperations.NotFoundCode, $"Order '{orderId}' has no operation '{operationId}'."));
    }
}
