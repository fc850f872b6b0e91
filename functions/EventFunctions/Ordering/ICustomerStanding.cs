using EventFunctions.Domain;

namespace EventFunctions.Ordering;

/// <summary>Tells who may order.</summary>
public interface ICustomerStanding
{
    /// <summary>
    /// Whether the customer may order: everybody but those whose account is closed or erased. Guests, who have no account, may.
    /// </summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> MayOrderAsync(CustomerId customerId, string? tenant, CancellationToken cancellationToken);
}
