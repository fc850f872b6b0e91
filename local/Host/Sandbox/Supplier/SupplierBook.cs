using EventFunctions.Local.Host.Sandbox.Keeping;

namespace EventFunctions.Local.Host.Sandbox.Supplier;

/// <summary>Every order the supplier has taken.</summary>
internal sealed class SupplierBook(SandboxBooks books)
{
    private readonly Table<BookedOrder> _orders = books.Table<BookedOrder>("supplier orders");

    /// <summary>Every order, in no particular order.</summary>
    /// <param name="reference">Only those with this reference, if not <see langword="null"/>.</param>
    public IReadOnlyList<BookedOrder> All(string? reference) =>
        books.Read(() => _orders.Rows.Where(booked => reference is null || booked.Order.Reference == reference).ToList());

    /// <summary>Takes an order.</summary>
    public BookedOrder Take(Change change, SupplierOrder order)
    {
        var booked = new BookedOrder($"sup_{_orders.Count + 1:D8}", order, SupplierOrderStatus.Open, 0);
        return change.Put(_orders, booked.SupplierOrderId, booked);
    }

    /// <summary>Counts a reminder.</summary>
    /// <returns>The order, or <see langword="null"/> if there is none of that id.</returns>
    public BookedOrder? Remind(Change change, string supplierOrderId) => _orders.Find(supplierOrderId) is { } booked
        ? change.Put(_orders, supplierOrderId, booked with { Reminders = booked.Reminders + 1 })
        : null;

    /// <summary>Decides on an order that is open still.</summary>
    /// <returns>The order, if this decided it.</returns>
    public Task<BookedOrder?> DecideAsync(string supplierOrderId, SupplierOrderStatus status) => books.ChangeAsync(change =>
        _orders.Find(supplierOrderId) is { Status: SupplierOrderStatus.Open } open
            ? change.Put(_orders, supplierOrderId, open with { Status = status })
            : null);

    /// <summary>Notes that the customer knows what was decided.</summary>
    public Task NoteToldAsync(string supplierOrderId) => books.ChangeAsync(change =>
        change.Put(_orders, supplierOrderId, _orders.Find(supplierOrderId)! with { IsTold = true }));
}
