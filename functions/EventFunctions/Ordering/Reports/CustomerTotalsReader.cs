using EventFunctions.Customers;
using EventFunctions.Domain;
using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Reports;

/// <summary>Reads what a customer's orders add up to: one point read.</summary>
/// <param name="views">The views.</param>
public sealed class CustomerTotalsReader(ServingViews views) : ICustomerTotals
{
    /// <inheritdoc/>
    public async Task<CustomerTotals> OfAsync(CustomerId customerId, string? tenant, CancellationToken cancellationToken)
    {
        var figures = await (await views.OfAsync(OrderFiguresProjection.Kind, cancellationToken))
            .FindAsync<OrderFigures>(OrderFiguresProjection.KeyOf(customerId, tenant), cancellationToken);
        var (orders, cancelled, _, revenue, lastOrderAt, _) = figures?.Current.View ?? OrderFigures.Zero;
        return new CustomerTotals(orders, cancelled, revenue, lastOrderAt);
    }
}
