using EventFunctions.Domain.Payments;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Payments.Saga;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Payments.Api;

/// <summary><c>POST /api/admin/payments/{orderId}/refunds</c>: pays an amount of what was taken back to the customer.</summary>
/// <param name="money">Checks and starts.</param>
public sealed class RefundPaymentEndpoint(MoveMoney money)
{
    /// <summary>202 with the operation and the place of its status, or a problem.</summary>
    [Function("RefundOrder")]
    [ApiBody(typeof(MoveMoneyRequest))]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiAnswer(StatusCodes.Status202Accepted, typeof(PaymentOperationReport), HasLocation = true)]
    [ApiProblem(StatusCodes.Status404NotFound, PaymentRejections.NotFound)]
    [ApiProblem(StatusCodes.Status412PreconditionFailed, "stale-version")]
    [ApiProblem(
        StatusCodes.Status422UnprocessableEntity,
        PaymentRejections.NotCaptured, PaymentRejections.RefundTooLarge, PaymentRejections.AmountZero, PaymentRejections.TooManyTransfers, "idempotency-key-reused")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "payments/{orderId}/refunds")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string orderId,
        CancellationToken cancellationToken) => money.ServeAsync(
            request,
            client,
            RouteId.Order(orderId),
            PaymentOperation.Refund,
            payment => payment.Refunded is { } refunded ? payment.Captured?.Subtract(refunded) : null,
            amount => new RecordRefund(amount, RefundId: ""),
            cancellationToken);
}
