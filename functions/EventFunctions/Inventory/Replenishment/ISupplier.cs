using EventFunctions.Domain;

namespace EventFunctions.Inventory.Replenishment;

/// <summary>Supplies products, outside. Whether and when it delivers it tells by its webhook.</summary>
/// <remarks>
/// Every operation fails with <see cref="Resilience.ProviderUnavailableException"/> when its outcome is not known; with the
/// same key it may be tried again and takes effect once.
/// </remarks>
public interface ISupplier
{
    /// <summary>Orders pieces of a product.</summary>
    /// <param name="reference">The replenishment; the supplier's messages name it.</param>
    /// <param name="productId">The product.</param>
    /// <param name="quantity">How many pieces.</param>
    /// <param name="key">Identifies the operation.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<SupplierAnswer> OrderAsync(string reference, ProductId productId, Quantity quantity, Guid key, CancellationToken cancellationToken);

    /// <summary>Reminds the supplier of an order that it has not confirmed.</summary>
    /// <param name="supplierOrderId">The supplier's id of the order.</param>
    /// <param name="key">Identifies the operation.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task RemindAsync(string supplierOrderId, Guid key, CancellationToken cancellationToken);
}

/// <summary>How the supplier answered an order.</summary>
public abstract record SupplierAnswer
{
    private SupplierAnswer()
    {
    }

    /// <summary>It will see to it, and confirm the delivery.</summary>
    /// <param name="SupplierOrderId">The supplier's id of the order.</param>
    public sealed record Accepted(string SupplierOrderId) : SupplierAnswer;

    /// <summary>It does not supply that.</summary>
    /// <param name="Code">Lower-case and hyphenated, e.g. <c>product-discontinued</c>.</param>
    /// <param name="Message">For a person.</param>
    public sealed record Refused(string Code, string Message) : SupplierAnswer;
}
