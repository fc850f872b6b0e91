using EventFunctions.Domain.Ordering;

namespace EventFunctions.Ordering.Saga;

/// <summary>What a saga has to know of its order, and nothing of its customer.</summary>
/// <param name="Status">How far the order has come.</param>
/// <param name="IsApproved">Whether somebody has looked at it and let it go on.</param>
/// <param name="CancellationCode">Why it was cancelled, if it was; stable.</param>
/// <param name="Products">Each product once.</param>
public sealed record OrderFacts(OrderStatus Status, bool IsApproved, string? CancellationCode, IReadOnlyList<PlannedProduct> Products)
{
    /// <summary>The facts of an order.</summary>
    public static OrderFacts Of(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new OrderFacts(
            order.Status,
            order.Reviewer is not null,
            order.Cancellation?.Code,
            order.Lines is { } lines ? [.. lines.Select(l => new PlannedProduct(l.ProductId.Value, l.Quantity.Value))] : []);
    }
}
