using System.Net;
using EventFunctions.Domain;
using EventFunctions.Resilience;

namespace EventFunctions.Payments;

/// <summary>The payment provider's HTTP API.</summary>
/// <param name="client">Has the provider's base address and the resilience pipeline.</param>
public sealed class HttpPaymentProvider(HttpClient client) : IPaymentProvider, IPaymentReversal
{
    /// <summary>402: the card's issuer declined; 422: the token names no card.</summary>
    private static readonly int[] Refusals = [(int)HttpStatusCode.PaymentRequired, (int)HttpStatusCode.UnprocessableEntity];

    /// <summary>409: a capture came first.</summary>
    private static readonly int[] NotVoidable = [(int)HttpStatusCode.Conflict];

    private readonly ProviderHttp _http = new(client, "The payment provider");

    /// <inheritdoc/>
    public async Task<PaymentAnswer> AuthorizeAsync(
        string reference, Money amount, string token, Guid key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(amount);
        var body = new { reference, amount = amount.Amount, currency = amount.Currency.Code, token };
        using var response = await _http.SendAsync(HttpMethod.Post, "authorizations", body, key, Refusals, cancellationToken);
        return await AnswerAsync<AuthorizationBody>(response, b => b.AuthorizationId, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<PaymentAnswer> CaptureAsync(string authorizationId, Money amount, Guid key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(amount);
        var path = $"authorizations/{Uri.EscapeDataString(authorizationId)}/capture";
        using var response = await _http.SendAsync(HttpMethod.Post, path, new { amount = amount.Amount }, key, Refusals, cancellationToken);
        return await AnswerAsync<CaptureBody>(response, b => b.CaptureId, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> VoidAsync(string authorizationId, Guid key, CancellationToken cancellationToken)
    {
        var path = $"authorizations/{Uri.EscapeDataString(authorizationId)}/void";
        using var response = await _http.SendAsync(HttpMethod.Post, path, new { }, key, NotVoidable, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    /// <inheritdoc/>
    public async Task<string> RefundAsync(string authorizationId, Money amount, Guid key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(amount);
        var path = $"authorizations/{Uri.EscapeDataString(authorizationId)}/refund";
        using var response = await _http.SendAsync(HttpMethod.Post, path, new { amount = amount.Amount }, key, refusals: [], cancellationToken);
        var body = await _http.ReadAsync<RefundBody>(response, cancellationToken);
        return Present(body.RefundId, "refundId");
    }

    /// <inheritdoc/>
    public async Task<HeldPayment?> FindAsync(string reference, CancellationToken cancellationToken)
    {
        var path = $"ledger?reference={Uri.EscapeDataString(reference)}";
        using var response = await _http.SendAsync(HttpMethod.Get, path, body: null, idempotencyKey: null, refusals: [], cancellationToken);
        var ledger = await _http.ReadAsync<LedgerBody>(response, cancellationToken);

        // The filter is the provider's to honour; the answer is right without it.
        var entry = (ledger.Authorizations ?? []).FirstOrDefault(a => a.Reference == reference);
        return entry is null
            ? null
            : new HeldPayment(
                Present(entry.AuthorizationId, "authorizationId"),
                new Money(entry.Amount, new Currency(Present(entry.Currency, "currency"))),
                entry.Captured,
                entry.Refunded,
                entry.Voided);
    }

    private static string Present(string? value, string field) => string.IsNullOrEmpty(value)
        ? throw new ProviderContractException("The payment provider", "read an answer", $"'{field}' is missing")
        : value;

    private async Task<PaymentAnswer> AnswerAsync<T>(HttpResponseMessage response, Func<T, string?> id, CancellationToken cancellationToken)
        where T : class
    {
        if (Refusals.Contains((int)response.StatusCode))
        {
            var refusal = await _http.ReadAsync<RefusalBody>(response, cancellationToken);
            return new PaymentAnswer.Declined(Present(refusal.Code, "code").Replace('_', '-'), refusal.Message ?? "The payment was declined.");
        }

        return new PaymentAnswer.Approved(Present(id(await _http.ReadAsync<T>(response, cancellationToken)), "id"));
    }

    private sealed record AuthorizationBody(string? AuthorizationId);

    private sealed record CaptureBody(string? CaptureId);

    private sealed record RefundBody(string? RefundId);

    private sealed record RefusalBody(string? Code, string? Message);

    private sealed record LedgerBody(IReadOnlyList<LedgerEntry>? Authorizations);

    private sealed record LedgerEntry(
        string? AuthorizationId, string? Reference, decimal Amount, string? Currency, decimal Captured, decimal Refunded, bool Voided);
}
