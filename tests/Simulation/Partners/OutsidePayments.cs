using EventFunctions.Domain;
using EventFunctions.Payments;
using EventFunctions.Tests.Saga;

namespace EventFunctions.Tests.Simulation;

/// <summary>The payment provider, outside.</summary>
/// <param name="books">Its books.</param>
/// <param name="outside">The way there.</param>
/// <param name="isDeclined">Whether the card of an order is declined.</param>
internal sealed class OutsidePayments(FakePaymentProvider books, Outside outside, Func<string, bool> isDeclined) : IPaymentProvider, IPaymentReversal
{
    public Task<PaymentAnswer> AuthorizeAsync(string reference, Money amount, string token, Guid key, CancellationToken cancellationToken) =>
        outside.CallAsync("authorize", reference, () =>
        {
            books.DeclineAuthorization = isDeclined(reference) ? "card-declined" : null;
            return books.AuthorizeAsync(reference, amount, token, key, cancellationToken);
        });

    public Task<PaymentAnswer> CaptureAsync(string authorizationId, Money amount, Guid key, CancellationToken cancellationToken) =>
        outside.CallAsync("capture", authorizationId, () => books.CaptureAsync(authorizationId, amount, key, cancellationToken));

    public Task<HeldPayment?> FindAsync(string reference, CancellationToken cancellationToken) =>
        outside.AskAsync("find-payment", reference, () => books.FindAsync(reference, cancellationToken));

    public Task<bool> VoidAsync(string authorizationId, Guid key, CancellationToken cancellationToken) =>
        outside.CallAsync("void", authorizationId, () => books.VoidAsync(authorizationId, key, cancellationToken));

    public Task<string> RefundAsync(string authorizationId, Money amount, Guid key, CancellationToken cancellationToken) =>
        outside.CallAsync("refund", authorizationId, () => books.RefundAsync(authorizationId, amount, key, cancellationToken));
}
