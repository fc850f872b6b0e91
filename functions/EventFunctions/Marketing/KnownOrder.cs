using EventFunctions.Integration.Contracts;

namespace EventFunctions.Marketing;

/// <summary>
/// What is known of an order, from whichever events have arrived, in whichever order: each adds what it says, once or many times
/// alike. Pure.
/// </summary>
/// <param name="OrderId">The order.</param>
public sealed record KnownOrder(string OrderId)
{
    /// <summary>When it was placed, UTC; <see langword="null"/> as long as that event is not here.</summary>
    public DateTimeOffset? PlacedAt { get; init; }

    /// <summary>What was ordered.</summary>
    public IReadOnlyList<ContractOrderLine> Lines { get; init; } = [];

    /// <summary>What it costs.</summary>
    public ContractMoney? Total { get; init; }

    /// <summary>Whether it is paid.</summary>
    public bool IsPaid { get; init; }

    /// <summary>Whether it is cancelled.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>The place of the newest event that is known.</summary>
    public long Sequence { get; init; }

    /// <summary>How the profile counts it: the two are written together, see <see cref="ProfileCounting"/>.</summary>
    public OrderStage Counted { get; init; }

    /// <summary>How the profile has to count it.</summary>
    public OrderStage Stage() => this switch
    {
        { PlacedAt: null } => OrderStage.Unknown,
        { IsCancelled: true } => OrderStage.Cancelled,
        { IsPaid: true } => OrderStage.Paid,
        _ => OrderStage.Placed,
    };

    /// <summary>What is known with an event more; the same record where it is no news.</summary>
    public KnownOrder With(IntegrationEvent data, long sequence, DateTimeOffset time)
    {
        var newest = Math.Max(Sequence, sequence);
        return data switch
        {
            ShopOrderPlaced when PlacedAt is not null => this,
            ShopOrderPlaced e => this with { PlacedAt = time, Lines = e.Lines, Total = e.Total, Sequence = newest },
            ShopOrderPaid => this with { IsPaid = true, Sequence = newest },
            ShopOrderCancelled => this with { IsCancelled = true, Sequence = newest },
            _ => this,
        };
    }
}
