using System.Globalization;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Reports;

/// <summary>Adds up the orders: by customer, by the day they were paid (UTC), and by product and day.</summary>
/// <remarks>A refund that an operator makes of a part of an order is not a matter of the order and changes no figure here.</remarks>
public sealed class OrderFiguresProjection : ITallyProjection<FiguredOrder, OrderFigures>
{
    /// <summary>The stored kind of the figures.</summary>
    public const string Kind = "order-figures";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>Where the figures of a customer are kept.</summary>
    public static ViewKey KeyOf(CustomerId customerId, string? tenant = null) => new($"{Prefix(tenant)}customer-figures-{customerId}", "orders");

    /// <summary>Where the figures of a day are kept.</summary>
    public static ViewKey KeyOf(DateOnly day, string? tenant = null) => new(PartitionOf(day, tenant), "day");

    /// <summary>Where the figures of a product on a day are kept.</summary>
    public static ViewKey KeyOf(DateOnly day, ProductId productId, string? tenant = null) => new(PartitionOf(day, tenant), $"product-{productId}");

    /// <summary>The partition of a day's figures.</summary>
    public static string PartitionOf(DateOnly day, string? tenant = null) =>
        $"{Prefix(tenant)}sales-{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    /// <inheritdoc/>
    public FiguredOrder Apply(FiguredOrder? state, EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return envelope.Data switch
        {
            OrderPlaced e => new FiguredOrder(e.CustomerId, e.Lines, envelope.Time, envelope.Stream.Tenant),
            _ when state is null => throw new InvalidOperationException($"'{envelope.Stream}' begins with '{envelope.Type}': an order begins with being placed."),
            OrderPaid => state with { PaidOn = DateOnly.FromDateTime(envelope.Time.UtcDateTime) },
            OrderCancelled => state with { IsCancelled = true },
            _ => state,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<ViewKey, OrderFigures> ContributionsOf(FiguredOrder state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var sold = state is { PaidOn: not null, IsCancelled: false };
        var pieces = state.Lines.Sum(l => (long)l.Quantity.Value);
        var figures = new Dictionary<ViewKey, OrderFigures>
        {
            [KeyOf(state.CustomerId, state.Tenant)] = new OrderFigures(
                1,
                state.IsCancelled ? 1 : 0,
                sold ? pieces : 0,
                sold ? CurrencyAmounts.Of(state.Lines.Total) : CurrencyAmounts.None,
                state.PlacedAt),
        };
        if (sold)
        {
            var day = state.PaidOn!.Value;
            figures[KeyOf(day, state.Tenant)] = new OrderFigures(1, 0, pieces, CurrencyAmounts.Of(state.Lines.Total));
            foreach (var line in state.Lines)
            {
                figures[KeyOf(day, line.ProductId, state.Tenant)] = new OrderFigures(
                    1, 0, line.Quantity.Value, CurrencyAmounts.Of(line.UnitPrice.Multiply(line.Quantity)), ProductId: line.ProductId);
            }
        }

        return figures;
    }

    private static string Prefix(string? tenant) => tenant is null ? string.Empty : $"{tenant}:";
}

/// <summary>What the figures need to know of an order.</summary>
/// <param name="CustomerId">Whose it is.</param>
/// <param name="Lines">What was ordered.</param>
/// <param name="PlacedAt">When, UTC.</param>
/// <param name="Tenant">The tenant, where it is not the default one.</param>
/// <param name="PaidOn">The day it was paid, UTC.</param>
/// <param name="IsCancelled">Whether it was cancelled.</param>
public sealed record FiguredOrder(
    CustomerId CustomerId, OrderLines Lines, DateTimeOffset PlacedAt, string? Tenant = null, DateOnly? PaidOn = null, bool IsCancelled = false);
