using EventFunctions.Domain;
using EventFunctions.Domain.Payments;
using EventFunctions.EventSourcing;

namespace EventFunctions.Payments.Views;

/// <summary>Shows the payment of each order. All are in one partition, which operators list.</summary>
public sealed class PaymentViewProjection : IProjection<PaymentView>
{
    /// <summary>The stored kind of the views.</summary>
    public const string Kind = "payment";

    /// <summary>The partition of all payments.</summary>
    public const string Partition = "payments";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>Where the view of an order's payment is kept.</summary>
    public static ViewKey KeyOf(OrderId orderId)
    {
        ArgumentNullException.ThrowIfNull(orderId);
        return new ViewKey(Partition, orderId.ToString());
    }

    /// <inheritdoc/>
    public ViewKey KeyOf(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return KeyOf(((PaymentEvent)envelope.Data).OrderId);
    }

    /// <inheritdoc/>
    public PaymentView Apply(PaymentView? view, EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var next = envelope.Data switch
        {
            PaymentProcessing e => Begin(e, envelope),
            _ when view is null => throw new InvalidOperationException($"'{envelope.Stream}' begins with '{envelope.Type}': a payment begins with being processed."),
            PaymentAuthorized => view with { Status = PaymentStatus.Authorized },
            PaymentCaptured e => view with
            {
                Status = PaymentStatus.Captured,
                Captured = view.Captured.Add(e.Amount),
                Captures = [.. view.Captures, new PaymentTransfer(e.CaptureId, e.Amount, envelope.Time)],
            },
            PaymentFailed e => view with { Status = PaymentStatus.Failed, Failure = new PaymentFailure(e.ReasonCode, e.Reason) },
            PaymentVoided => view with { Status = PaymentStatus.Voided },
            PaymentRefunded e => Refund(view, e, envelope.Time),
            _ => view,
        };
        return next with { UpdatedAt = envelope.Time, Version = envelope.Version };
    }

    private static PaymentView Begin(PaymentProcessing e, EventEnvelope envelope) => new(
        e.OrderId,
        PaymentStatus.Processing,
        e.Amount,
        Money.Zero(e.Amount.Currency),
        Money.Zero(e.Amount.Currency),
        [],
        [],
        envelope.Time,
        envelope.Time,
        envelope.Version);

    private static PaymentView Refund(PaymentView view, PaymentRefunded e, DateTimeOffset at)
    {
        var refunded = view.Refunded.Add(e.Amount);
        return view with
        {
            Status = refunded == view.Captured ? PaymentStatus.Refunded : view.Status,
            Refunded = refunded,
            Refunds = [.. view.Refunds, new PaymentTransfer(e.RefundId, e.Amount, at)],
        };
    }
}
