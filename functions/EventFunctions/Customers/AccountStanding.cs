using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering;

namespace EventFunctions.Customers;

/// <summary>Tells who may order by their account, if they have one.</summary>
/// <param name="customers">The accounts.</param>
public sealed class AccountStanding(IAggregateRepository<Customer, CustomerEvent> customers) : ICustomerStanding
{
    /// <inheritdoc/>
    public async Task<bool> MayOrderAsync(CustomerId customerId, string? tenant, CancellationToken cancellationToken)
    {
        var account = await customers.LoadAsync(Customer.StreamOf(customerId, tenant), cancellationToken);
        return account.State.Status is not (CustomerStatus.Deactivated or CustomerStatus.Erased);
    }
}
