using EventFunctions.Local.Host.Sandbox.Exchange;

namespace EventFunctions.Local.Host.Sandbox.Supplier;

/// <summary>Delivers what was ordered, or not, and tells the customer.</summary>
internal sealed class Supplies(SupplierBook book, SignedWebhook webhook, SandboxOptions options, TimeProvider timeProvider, ILogger<Supplies> logger)
    : IAsyncDisposable
{
    private readonly BackgroundWork _underWay = new(logger);

    /// <summary>Sees to an order that was just taken, or just reminded of; one that the supplier forgets, or has decided on, stays as it is.</summary>
    public void SeeTo(BookedOrder booked)
    {
        if (booked.Status is SupplierOrderStatus.Open && SupplierRules.Remembers(booked.Order.ProductId, booked.Reminders))
        {
            _underWay.Begin($"supply {booked.SupplierOrderId}-{booked.Reminders}", stopping => DecideAsync(booked, stopping));
        }
    }

    /// <summary>Sees to every order that a stop has left undecided, or decided without the customer knowing.</summary>
    public void Resume()
    {
        foreach (var booked in book.All(reference: null).Where(o => !o.IsTold))
        {
            if (booked.Status is SupplierOrderStatus.Open)
            {
                SeeTo(booked);
            }
            else
            {
                _underWay.Begin($"notice of {booked.SupplierOrderId}", stopping => TellAsync(booked, stopping));
            }
        }
    }

    /// <summary>Stops every delivery where it is.</summary>
    public ValueTask DisposeAsync() => _underWay.DisposeAsync();

    private async Task DecideAsync(BookedOrder booked, CancellationToken stopping)
    {
        await Task.Delay(options.TransitDelay, timeProvider, stopping);
        var delivers = SupplierRules.Delivers(booked.Order.ProductId);
        if (await book.DecideAsync(booked.SupplierOrderId, delivers ? SupplierOrderStatus.Confirmed : SupplierOrderStatus.Refused) is { } decided)
        {
            await TellAsync(decided, stopping);
        }
    }

    private async Task TellAsync(BookedOrder decided, CancellationToken stopping)
    {
        var notice = decided.Status is SupplierOrderStatus.Confirmed
            ? new SupplierNotice(decided.Order.Reference, decided.SupplierOrderId, "confirmed", decided.Order.Quantity, null)
            : new SupplierNotice(decided.Order.Reference, decided.SupplierOrderId, "refused", null, "The maker has none left.");
        await webhook.DeliverAsync(notice, notice.Status, notice.Reference, stopping);
        await book.NoteToldAsync(decided.SupplierOrderId);
    }
}
