namespace EventFunctions.Domain.Payments;

/// <summary>
/// What can be asked of a payment. All but the first record what the provider did; which payment is said by the stream
/// that the command is sent to.
/// </summary>
public abstract record PaymentCommand
{
    private protected PaymentCommand()
    {
    }
}

/// <summary>Begin to pay an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Amount">What is to be paid, more than nothing.</param>
public sealed record StartPayment(OrderId OrderId, Money Amount) : PaymentCommand;

/// <summary>The provider holds the amount.</summary>
/// <param name="Amount">What is held; must be what is to be paid.</param>
/// <param name="AuthorizationId">The provider's id.</param>
public sealed record RecordAuthorization(Money Amount, string AuthorizationId) : PaymentCommand;

/// <summary>The provider took money.</summary>
/// <param name="Amount">How much; with earlier captures at most what is authorised.</param>
/// <param name="CaptureId">The provider's id, which tells a repetition from a further capture.</param>
public sealed record RecordCapture(Money Amount, string CaptureId) : PaymentCommand;

/// <summary>The provider refused or could not be reached.</summary>
/// <param name="ReasonCode">Stable, for programs.</param>
/// <param name="Reason">For a person; kept to its first 500 characters.</param>
public sealed record RecordFailure(string ReasonCode, string Reason) : PaymentCommand;

/// <summary>The provider gave the authorisation up.</summary>
/// <param name="AuthorizationId">The provider's id.</param>
public sealed record RecordVoid(string AuthorizationId) : PaymentCommand;

/// <summary>The provider gave money back.</summary>
/// <param name="Amount">How much; with earlier refunds at most what is captured.</param>
/// <param name="RefundId">The provider's id, which tells a repetition from a further refund.</param>
public sealed record RecordRefund(Money Amount, string RefundId) : PaymentCommand;
