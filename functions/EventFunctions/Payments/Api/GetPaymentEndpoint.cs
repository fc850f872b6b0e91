using EventFunctions.Domain;
using EventFunctions.Domain.Payments;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Payments.Api;

/// <summary><c>GET /api/admin/payments/{orderId}</c>: what was held, taken and paid back for an order.</summary>
/// <param name="operations">Has the payment.</param>
public sealed class GetPaymentEndpoint(PaymentOperations operations)
{
    /// <summary>200 with the payment and its version, or 404.</summary>
    [Function("GetPayment")]
    [ApiAnswer(StatusCodes.Status200OK, typeof(PaymentReport), HasETag = true)]
    [ApiProblem(StatusCodes.Status404NotFound, PaymentRejections.NotFound)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "payments/{orderId}")] HttpRequest request,
        string orderId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var id = RouteId.Order(orderId);
        var loaded = await operations.LoadAsync(id, cancellationToken);
        var state = loaded.State;
        return new ApiResult(
            StatusCodes.Status200OK,
            new PaymentReport(id, state.Status, state.Amount, state.Captured, state.Refunded, state.AuthorizationId, state.Captures, state.Refunds, state.Failure),
            loaded.Version);
    }
}

/// <summary>A payment as an operator sees it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Amount">What is to be paid.</param>
/// <param name="Captured">How much was taken.</param>
/// <param name="Refunded">How much was paid back.</param>
/// <param name="AuthorizationId">The provider's id of the hold.</param>
/// <param name="Captures">What was taken, in order.</param>
/// <param name="Refunds">What was paid back, in order.</param>
/// <param name="Failure">The newest failure.</param>
public sealed record PaymentReport(
    OrderId OrderId,
    PaymentStatus Status,
    Money? Amount,
    Money? Captured,
    Money? Refunded,
    string? AuthorizationId,
    IReadOnlyList<MoneyTransfer> Captures,
    IReadOnlyList<MoneyTransfer> Refunds,
    PaymentFailure? Failure);
