using EventFunctions.Local.Host.Sandbox.Exchange;

namespace EventFunctions.Local.Host.Sandbox.Payments;

/// <summary>The payment provider's HTTP interface.</summary>
internal static class PaymentEndpoints
{
    /// <summary>Serves it under <c>/payments/</c>.</summary>
    public static void MapPayments(this IEndpointRouteBuilder routes, PaymentLedger ledger, FaultyExchange<PaymentOperation> exchange)
    {
        var payments = routes.MapGroup("/payments");
        payments.MapGet("/ledger", (string? reference) => Results.Json(ledger.State(reference)));
        payments.MapPost("/authorizations", (HttpContext context, AuthorizeBody body) => body.ToOperation() is { } operation
            ? Run(context, operation)
            : Incomplete("reference, amount, currency (three letters) and token"));
        payments.MapPost("/authorizations/{id}/capture", (HttpContext context, string id, AmountBody body) => body.Amount is { } amount
            ? Run(context, new PaymentOperation.Capture(id, amount))
            : Incomplete("amount"));
        payments.MapPost("/authorizations/{id}/void", (HttpContext context, string id) => Run(context, new PaymentOperation.Void(id)));
        payments.MapPost("/authorizations/{id}/refund", (HttpContext context, string id, AmountBody body) => body.Amount is { } amount
            ? Run(context, new PaymentOperation.Refund(id, amount))
            : Incomplete("amount"));

        Task<IResult> Run(HttpContext context, PaymentOperation operation) => exchange.RunAsync(
            context, operation, attempt => PaymentRules.FaultOf(TokenOf(operation), operation, attempt), change => ledger.Book(change, operation));

        string? TokenOf(PaymentOperation operation) => operation switch
        {
            PaymentOperation.Authorize ask => ask.Token,
            PaymentOperation.Capture ask => ledger.TokenOf(ask.AuthorizationId),
            PaymentOperation.Void ask => ledger.TokenOf(ask.AuthorizationId),
            PaymentOperation.Refund ask => ledger.TokenOf(ask.AuthorizationId),
            _ => throw new InvalidOperationException($"There is no operation {operation}."),
        };
    }

    private static Task<IResult> Incomplete(string wanted) =>
        Task.FromResult(Answer.Refusal(400, "body_incomplete", $"The body must have {wanted}.").ToResult());

    private sealed record AuthorizeBody(string? Reference, decimal? Amount, string? Currency, string? Token)
    {
        public PaymentOperation.Authorize? ToOperation() =>
            Reference is { Length: > 0 } reference && Amount is { } amount && Currency is { Length: 3 } currency && Token is { Length: > 0 } token
                ? new PaymentOperation.Authorize(reference, amount, currency, token)
                : null;
    }

    private sealed record AmountBody(decimal? Amount);
}
