namespace EventFunctions.Local.Host.Sandbox.Supplier;

/// <summary>A request to supply a product.</summary>
/// <param name="Reference">The customer's own name for it.</param>
/// <param name="ProductId">Decides how the supplier behaves, see <see cref="SupplierRules"/>.</param>
/// <param name="Quantity">How many pieces.</param>
internal sealed record SupplierOrder(string Reference, string ProductId, int Quantity);

/// <summary>An order that the supplier has taken.</summary>
/// <param name="SupplierOrderId">The supplier's id.</param>
/// <param name="Order">What was ordered.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Reminders">How often the customer has reminded.</param>
/// <param name="IsTold">Whether the customer knows what was decided.</param>
internal sealed record BookedOrder(string SupplierOrderId, SupplierOrder Order, SupplierOrderStatus Status, int Reminders, bool IsTold = false);

/// <summary>How far an order is.</summary>
internal enum SupplierOrderStatus
{
    /// <summary>Taken, nothing is decided.</summary>
    Open,

    /// <summary>Delivered in full.</summary>
    Confirmed,

    /// <summary>It will not be delivered.</summary>
    Refused,
}

/// <summary>What is asked of the supplier under an idempotency key: an order, or a reminder of one.</summary>
/// <param name="Order">The order, where it is one.</param>
/// <param name="ReminderOf">The supplier's id of the order that is reminded of, where it is a reminder.</param>
internal sealed record SupplierOperation(SupplierOrder? Order, string? ReminderOf);

/// <summary>What the supplier tells its customer through the webhook.</summary>
/// <param name="Reference">The customer's own name for the order.</param>
/// <param name="SupplierOrderId">The supplier's id.</param>
/// <param name="Status"><c>confirmed</c> or <c>refused</c>.</param>
/// <param name="Quantity">How many pieces were delivered, where they were.</param>
/// <param name="Reason">Why not, where they will not be.</param>
internal sealed record SupplierNotice(string Reference, string SupplierOrderId, string Status, int? Quantity, string? Reason)
{
    /// <summary>The header with the signature.</summary>
    public const string SignatureHeader = "X-Supplier-Signature";
}
