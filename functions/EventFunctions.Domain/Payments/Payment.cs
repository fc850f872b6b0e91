using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Payments;

/// <summary>The state of an order's payment. Always refunded ≤ captured ≤ authorised, all of one currency.</summary>
public sealed record Payment : IAggregate<Payment, PaymentEvent>
{
    /// <summary>The most captures, and the most refunds, of one payment.</summary>
    public const int MaxTransfers = 100;

    /// <inheritdoc/>
    public static string Category => "payments";

    /// <inheritdoc/>
    public static int StateSchema => 1;

    /// <inheritdoc/>
    public static Payment Initial { get; } = new();

    /// <summary>The order; set from the first event on.</summary>
    public OrderId? OrderId { get; init; }

    /// <summary>How far it has come.</summary>
    public PaymentStatus Status { get; init; }

    /// <summary>What is to be paid; set from the first event on.</summary>
    public Money? Amount { get; init; }

    /// <summary>The authorisation, also when it is voided; it is always of the whole <see cref="Amount"/>.</summary>
    public string? AuthorizationId { get; init; }

    /// <summary>What was taken, in order.</summary>
    public ImmutableList<MoneyTransfer> Captures { get; init; } = [];

    /// <summary>What was given back, in order.</summary>
    public ImmutableList<MoneyTransfer> Refunds { get; init; } = [];

    /// <summary>The newest failure.</summary>
    public PaymentFailure? Failure { get; init; }

    /// <summary>How much was taken; <see langword="null"/> before the payment has begun.</summary>
    [JsonIgnore]
    public Money? Captured => Sum(Captures);

    /// <summary>How much was given back; <see langword="null"/> before the payment has begun.</summary>
    [JsonIgnore]
    public Money? Refunded => Sum(Refunds);

    /// <summary>The stream of an order's payment.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    public static StreamName StreamOf(OrderId orderId, string? tenant = null)
    {
        ArgumentNullException.ThrowIfNull(orderId);
        return new StreamName(Category, orderId.ToString(), tenant);
    }

    /// <inheritdoc/>
    public Payment Apply(PaymentEvent @event) => @event switch
    {
        PaymentProcessing e => this with { OrderId = e.OrderId, Status = PaymentStatus.Processing, Amount = e.Amount },
        PaymentAuthorized e => this with { Status = PaymentStatus.Authorized, AuthorizationId = e.AuthorizationId },
        PaymentCaptured e => this with { Status = PaymentStatus.Captured, Captures = Captures.Add(new MoneyTransfer(e.CaptureId, e.Amount)) },
        PaymentFailed e => this with { Status = PaymentStatus.Failed, Failure = new PaymentFailure(e.ReasonCode, e.Reason) },
        PaymentVoided => this with { Status = PaymentStatus.Voided },
        PaymentRefunded e => Refund(new MoneyTransfer(e.RefundId, e.Amount)),
        _ => throw new UnreachableException($"Payments have no event {@event.GetType()}."),
    };

    private Payment Refund(MoneyTransfer refund)
    {
        var next = this with { Refunds = Refunds.Add(refund) };
        return next.Refunded == next.Captured ? next with { Status = PaymentStatus.Refunded } : next;
    }

    private Money? Sum(ImmutableList<MoneyTransfer> transfers) =>
        Amount is null ? null : transfers.Aggregate(Money.Zero(Amount.Currency), (sum, transfer) => sum.Add(transfer.Amount));
}

/// <summary>Money that moved.</summary>
/// <param name="Id">The provider's id of the capture or refund.</param>
/// <param name="Amount">How much.</param>
public sealed record MoneyTransfer(string Id, Money Amount);

/// <summary>Why a payment failed.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Reason">For a person.</param>
public sealed record PaymentFailure(string Code, string Reason);
