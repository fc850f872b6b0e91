using EventFunctions.Domain.Payments;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Payments.Saga;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Payments.Api;

/// <summary>
/// <c>POST /api/admin/payments/{orderId}/captures</c>: takes an amount of what is held, of an order whose saga has ended and left it.
/// </summary>
/// <param name="money">Checks and starts.</param>
public sealed class CapturePaymentEndpoint(MoveMoney money)
{
    /// <summary>The code of a payment that its order's saga is still at work on.</summary>
    public const string InUseCode = "payment-in-use";

    /// <summary>202 with the operation and the place of its status, or a problem.</summary>
    [Function("CaptureOrderPayment")]
    [ApiBody(typeof(MoveMoneyRequest))]
    [ApiHeaders(IdempotencyKey = true, IfMatch = true)]
    [ApiAnswer(StatusCodes.Status202Accepted, typeof(PaymentOperationReport), HasLocation = true)]
    [ApiProblem(StatusCodes.Status404NotFound, PaymentRejections.NotFound)]
    [ApiProblem(StatusCodes.Status409Conflict, InUseCode)]
    [ApiProblem(StatusCodes.Status412PreconditionFailed, "stale-version")]
    [ApiProblem(
        StatusCodes.Status422UnprocessableEntity,
        PaymentRejections.NotAuthorized, PaymentRejections.Voided, PaymentRejections.CaptureTooLarge, PaymentRejections.AmountZero,
        PaymentRejections.TooManyTransfers, "idempotency-key-reused")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "payments/{orderId}/captures")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string orderId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var id = RouteId.Order(orderId);
        if (await client.GetInstanceAsync(id.ToString(), cancellation: cancellationToken) is { IsCompleted: false })
        {
            // The saga takes the whole, and could not if a part were gone.
            return new ProblemResult(new Problem(
                409, InUseCode, "The payment is in use.", $"The saga of order '{id}' still runs and takes the money itself."));
        }

        return await money.ServeAsync(
            request,
            client,
            id,
            PaymentOperation.Capture,
            payment => payment.Captured is { } captured ? payment.Amount?.Subtract(captured) : null,
            amount => new RecordCapture(amount, CaptureId: ""),
            cancellationToken);
    }
}
