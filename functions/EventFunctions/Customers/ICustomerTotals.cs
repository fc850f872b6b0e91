using EventFunctions.Domain;

namespace EventFunctions.Customers;

/// <summary>Tells what a customer's orders add up to.</summary>
public interface ICustomerTotals
{
    /// <summary>What the orders of a customer add up to; zeros for one without orders.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<CustomerTotals> OfAsync(CustomerId customerId, string? tenant, CancellationToken cancellationToken);
}

/// <summary>What a customer's orders add up to.</summary>
/// <param name="Orders">How many were placed, the cancelled ones included.</param>
/// <param name="Cancelled">How many of them were cancelled.</param>
/// <param name="Spent">What was paid and not cancelled afterwards, one amount for each currency, in the order of the codes.</param>
/// <param name="LastOrderAt">When the newest order was placed, UTC.</param>
public sealed record CustomerTotals(int Orders, int Cancelled, CurrencyAmounts Spent, DateTimeOffset? LastOrderAt);
