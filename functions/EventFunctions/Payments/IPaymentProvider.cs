using EventFunctions.Domain;

namespace EventFunctions.Payments;

/// <summary>Takes money from a card, by a provider outside.</summary>
/// <remarks>
/// Every operation fails with <see cref="Resilience.ProviderUnavailableException"/> when its outcome is not known; with the
/// same key it may be tried again and takes effect once.
/// </remarks>
public interface IPaymentProvider
{
    /// <summary>Reserves an amount on the card behind a token.</summary>
    /// <param name="reference">The order; under it the authorisation can be found again.</param>
    /// <param name="amount">How much.</param>
    /// <param name="token">The card.</param>
    /// <param name="key">Identifies the operation.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PaymentAnswer> AuthorizeAsync(string reference, Money amount, string token, Guid key, CancellationToken cancellationToken);

    /// <summary>Takes an authorised amount.</summary>
    /// <param name="authorizationId">The authorisation.</param>
    /// <param name="amount">How much, at most what is authorised.</param>
    /// <param name="key">Identifies the operation.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PaymentAnswer> CaptureAsync(string authorizationId, Money amount, Guid key, CancellationToken cancellationToken);
}

/// <summary>Gives money back, whatever is known about how far a payment got.</summary>
public interface IPaymentReversal
{
    /// <summary>What the provider holds for an order, or held before it was given back; <see langword="null"/> if nothing.</summary>
    Task<HeldPayment?> FindAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Gives up an authorisation that was not captured.</summary>
    /// <returns>Whether it is given up; not where it was captured, which can only be refunded.</returns>
    Task<bool> VoidAsync(string authorizationId, Guid key, CancellationToken cancellationToken);

    /// <summary>Pays a captured amount back.</summary>
    /// <returns>The provider's id of the refund.</returns>
    Task<string> RefundAsync(string authorizationId, Money amount, Guid key, CancellationToken cancellationToken);
}

/// <summary>How the provider answered.</summary>
public abstract record PaymentAnswer
{
    private PaymentAnswer()
    {
    }

    /// <summary>It did what was asked.</summary>
    /// <param name="Id">The provider's id of the authorisation or the capture.</param>
    public sealed record Approved(string Id) : PaymentAnswer;

    /// <summary>It refused; nothing happened, and the same request will be refused again.</summary>
    /// <param name="Code">Lower-case and hyphenated, e.g. <c>card-declined</c>.</param>
    /// <param name="Message">For a person.</param>
    public sealed record Declined(string Code, string Message) : PaymentAnswer;
}

/// <summary>What the provider holds for an order.</summary>
/// <param name="AuthorizationId">The authorisation.</param>
/// <param name="Authorized">The authorised amount.</param>
/// <param name="Captured">What of it was taken.</param>
/// <param name="Refunded">What of that was paid back.</param>
/// <param name="IsVoided">Whether the authorisation was given up.</param>
public sealed record HeldPayment(string AuthorizationId, Money Authorized, decimal Captured, decimal Refunded, bool IsVoided);
