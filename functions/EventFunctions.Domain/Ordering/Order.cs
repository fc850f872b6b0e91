using System.Diagnostics;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Ordering;

/// <summary>The state of an order. What is <see langword="null"/> has not happened.</summary>
public sealed record Order : IAggregate<Order, OrderEvent>
{
    /// <inheritdoc/>
    public static string Category => "ordering";

    /// <inheritdoc/>
    public static int StateSchema => 2;

    /// <inheritdoc/>
    public static Order Initial { get; } = new();

    /// <summary>The order; set from the first event on.</summary>
    public OrderId? Id { get; init; }

    /// <summary>Whose order it is.</summary>
    [DataSubject]
    public CustomerId? CustomerId { get; init; }

    /// <summary>How far it has come.</summary>
    public OrderStatus Status { get; init; }

    /// <summary>What is ordered, with the total.</summary>
    public OrderLines? Lines { get; init; }

    /// <summary>Where it goes; <see cref="Address.NotRecorded"/> for an order from before addresses were recorded.</summary>
    [PersonalData]
    public Address? ShippingAddress { get; init; }

    /// <summary>What it is paid with.</summary>
    [PersonalData]
    public PaymentToken? PaymentToken { get; init; }

    /// <summary>Who leads it through its steps.</summary>
    public OrderFlow Flow { get; init; }

    /// <summary>Whether somebody has to look at it before it is confirmed.</summary>
    public bool NeedsReview { get; init; }

    /// <summary>Who has looked at it and let it go on.</summary>
    public string? Reviewer { get; init; }

    /// <summary>The carrier's number, once shipped.</summary>
    public string? TrackingNumber { get; init; }

    /// <summary>When it was delivered; UTC.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Why it was cancelled.</summary>
    public OrderCancellation? Cancellation { get; init; }

    /// <summary>The stream of an order.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    public static StreamName StreamOf(OrderId orderId, string? tenant = null)
    {
        ArgumentNullException.ThrowIfNull(orderId);
        return new StreamName(Category, orderId.ToString(), tenant);
    }

    /// <inheritdoc/>
    public Order Apply(OrderEvent @event) => @event switch
    {
        OrderPlaced e => this with
        {
            Id = e.OrderId,
            CustomerId = e.CustomerId,
            Status = OrderStatus.Placed,
            Lines = e.Lines,
            ShippingAddress = e.ShippingAddress,
            PaymentToken = e.PaymentToken,
            Flow = e.Flow ?? OrderFlow.Orchestration,
            NeedsReview = e.NeedsReview ?? false,
        },
        OrderApproved e => this with { Reviewer = e.Reviewer },
        OrderConfirmed => this with { Status = OrderStatus.Confirmed },
        OrderPaid => this with { Status = OrderStatus.Paid },
        OrderShipped e => this with { Status = OrderStatus.Shipped, TrackingNumber = e.TrackingNumber },
        OrderDelivered e => this with { Status = OrderStatus.Delivered, DeliveredAt = e.DeliveredAt },
        OrderCancelled e => this with { Status = OrderStatus.Cancelled, Cancellation = new OrderCancellation(e.ReasonCode, e.Reason) },
        _ => throw new UnreachableException($"Orders have no event {@event.GetType()}."),
    };
}

/// <summary>Why an order was cancelled.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Reason">For a person.</param>
public sealed record OrderCancellation(string Code, [property: PersonalData] string Reason);
