namespace EventFunctions.Local.Host.Sandbox.Supplier;

/// <summary>Every order the supplier has taken. It lives as long as the process.</summary>
internal sealed class SupplierBook
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, BookedOrder> _orders = new(StringComparer.Ordinal);

    /// <summary>Every order, in no particular order.</summary>
    /// <param name="reference">Only those with this reference, if not <see langword="null"/>.</param>
    public IReadOnlyList<BookedOrder> All(string? reference)
    {
        lock (_gate)
        {
            return [.. _orders.Values.Where(booked => reference is null || booked.Order.Reference == reference)];
        }
    }

    /// <summary>Takes an order.</summary>
    public BookedOrder Take(SupplierOrder order)
    {
        lock (_gate)
        {
            var booked = new BookedOrder($"sup_{_orders.Count + 1:D8}", order, SupplierOrderStatus.Open, 0);
            _orders.Add(booked.SupplierOrderId, booked);
            return booked;
        }
    }

    /// <summary>Counts a reminder.</summary>
    /// <returns>The order, or <see langword="null"/> if there is none of that id.</returns>
    public BookedOrder? Remind(string supplierOrderId)
    {
        lock (_gate)
        {
            return _orders.TryGetValue(supplierOrderId, out var booked)
                ? _orders[supplierOrderId] = booked with { Reminders = booked.Reminders + 1 }
                : null;
        }
    }

    /// <summary>Decides on an order that is open still.</summary>
    /// <returns>Whether this decided it.</returns>
    public bool Decide(string supplierOrderId, SupplierOrderStatus status)
    {
        lock (_gate)
        {
            if (_orders[supplierOrderId] is not { Status: SupplierOrderStatus.Open } open)
            {
                return false;
            }

            _orders[supplierOrderId] = open with { Status = status };
            return true;
        }
    }
}
