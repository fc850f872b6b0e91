using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Payments;

/// <summary>What is true of every event of a payment.</summary>
public sealed class PaymentEventRules : IEventRules<PaymentEvent>
{
    /// <summary>An amount is more than nothing.</summary>
    public const string Amount = "payment-amount";

    /// <summary>What the provider did has the provider's id.</summary>
    public const string ProviderId = "payment-provider-id";

    /// <summary>A failure has a reason code.</summary>
    public const string ReasonCode = "payment-reason-code";

    /// <summary>A failure's reason has at most 500 characters.</summary>
    public const string ReasonLength = "payment-reason-length";

    /// <inheritdoc/>
    public IEnumerable<EventProblem> Problems(PaymentEvent @event) => Broken(@event).OfType<EventProblem>();

    private static EventProblem?[] Broken(PaymentEvent @event) => @event switch
    {
        PaymentProcessing e => [Rule.Positive(Amount, e.Amount)],
        PaymentAuthorized e => [Rule.Positive(Amount, e.Amount), Rule.Present(ProviderId, e.AuthorizationId)],
        PaymentCaptured e => [Rule.Positive(Amount, e.Amount), Rule.Present(ProviderId, e.CaptureId)],
        PaymentFailed e => [Rule.Present(ReasonCode, e.ReasonCode), Rule.Reason(ReasonLength, e.Reason)],
        PaymentVoided e => [Rule.Present(ProviderId, e.AuthorizationId)],
        PaymentRefunded e => [Rule.Positive(Amount, e.Amount), Rule.Present(ProviderId, e.RefundId)],
        _ => [],
    };
}
