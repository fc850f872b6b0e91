using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Payments;

/// <summary>Something that happened to an order's payment.</summary>
public abstract record PaymentEvent : IDomainEvent
{
    private protected PaymentEvent()
    {
    }

    /// <summary>The order, and with it its one payment.</summary>
    public abstract OrderId OrderId { get; init; }
}

/// <summary>The payment has begun: the provider is about to be asked.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Amount">What is to be paid.</param>
[EventType("payment-processing")]
[RaisedBy(typeof(StartPayment))]
public sealed record PaymentProcessing(OrderId OrderId, Money Amount) : PaymentEvent;

/// <summary>The provider holds the amount for us.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Amount">What is held: what is to be paid.</param>
/// <param name="AuthorizationId">The provider's id.</param>
[EventType("payment-authorized")]
[RaisedBy(typeof(RecordAuthorization))]
public sealed record PaymentAuthorized(OrderId OrderId, Money Amount, string AuthorizationId) : PaymentEvent;

/// <summary>Money was taken.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Amount">How much this capture took.</param>
/// <param name="CaptureId">The provider's id.</param>
[EventType("payment-captured")]
[RaisedBy(typeof(RecordCapture))]
public sealed record PaymentCaptured(OrderId OrderId, Money Amount, string CaptureId) : PaymentEvent;

/// <summary>The provider refused, or could not be reached, when authorising or capturing.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="ReasonCode">Stable, for programs, e.g. <c>card_declined</c>.</param>
/// <param name="Reason">For a person, at most 500 characters.</param>
[EventType("payment-failed")]
[RaisedBy(typeof(RecordFailure))]
public sealed record PaymentFailed(OrderId OrderId, string ReasonCode, string Reason) : PaymentEvent;

/// <summary>The authorisation is given up.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="AuthorizationId">The provider's id.</param>
[EventType("payment-voided")]
[RaisedBy(typeof(RecordVoid))]
public sealed record PaymentVoided(OrderId OrderId, string AuthorizationId) : PaymentEvent;

/// <summary>Money was given back.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Amount">How much this refund gave back.</param>
/// <param name="RefundId">The provider's id.</param>
[EventType("payment-refunded")]
[RaisedBy(typeof(RecordRefund))]
public sealed record PaymentRefunded(OrderId OrderId, Money Amount, string RefundId) : PaymentEvent;
