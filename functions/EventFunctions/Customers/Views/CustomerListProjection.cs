using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;

namespace EventFunctions.Customers.Views;

/// <summary>An account as a line of the list of all. It tells nothing personal: who has to know more asks for the account.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Status">How the account stands.</param>
/// <param name="Tier">How well the customer is served.</param>
/// <param name="RegisteredAt">When it was opened, UTC.</param>
/// <param name="Version">The version of the account it shows.</param>
public sealed record CustomerListItem(
    CustomerId CustomerId, CustomerStatus Status, CustomerTier Tier, DateTimeOffset RegisteredAt, long Version);

/// <summary>Lists all accounts, those of each tenant in one partition.</summary>
public sealed class CustomerListProjection : IProjection<CustomerListItem>
{
    /// <summary>The stored kind of the lines.</summary>
    public const string Kind = "customer-list";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>The partition of a tenant's list.</summary>
    public static string PartitionOf(string? tenant) => tenant is null ? "customers" : $"customers-{tenant}";

    /// <inheritdoc/>
    public ViewKey KeyOf(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return new ViewKey(PartitionOf(envelope.Stream.Tenant), ((CustomerEvent)envelope.Data).CustomerId.Value);
    }

    /// <inheritdoc/>
    public CustomerListItem Apply(CustomerListItem? view, EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var next = envelope.Data switch
        {
            CustomerRegistered e => new CustomerListItem(e.CustomerId, CustomerStatus.Registered, CustomerTier.Standard, envelope.Time, envelope.Version),
            _ when view is null => throw new InvalidOperationException($"'{envelope.Stream}' begins with '{envelope.Type}': an account begins with being registered."),
            CustomerActivated => view with { Status = CustomerStatus.Active },
            CustomerDeactivated => view with { Status = CustomerStatus.Deactivated },
            CustomerErased => view with { Status = CustomerStatus.Erased },
            CustomerPromoted e => view with { Tier = e.Tier },
            _ => view,
        };
        return next with { Version = envelope.Version };
    }
}
