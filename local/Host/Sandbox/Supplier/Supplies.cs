using EventFunctions.Local.Host.Sandbox.Exchange;

namespace EventFunctions.Local.Host.Sandbox.Supplier;

/// <summary>Delivers what was ordered, or not, and tells the customer.</summary>
internal sealed class Supplies(SupplierBook book, SignedWebhook webhook, SandboxOptions options, TimeProvider timeProvider, ILogger<Supplies> logger)
    : IAsyncDisposable
{
    private readonly BackgroundWork _underWay = new(logger);

    /// <summary>Sees to an order that was just taken, or just reminded of; one that the supplier forgets stays as it is.</summary>
    public void SeeTo(BookedOrder booked)
    {
        if (SupplierRules.Remembers(booked.Order.ProductId, booked.Reminders))
        {
            _underWay.Begin($"supply {booked.SupplierOrderId}-{booked.Reminders}", stopping => RunAsync(booked, stopping));
        }
    }

    /// <summary>Stops every delivery where it is.</summary>
    public ValueTask DisposeAsync() => _underWay.DisposeAsync();

    private async Task RunAsync(BookedOrder booked, CancellationToken stopping)
    {
        await Task.Delay(options.TransitDelay, timeProvider, stopping);
        var delivers = SupplierRules.Delivers(booked.Order.ProductId);
        if (book.Decide(booked.SupplierOrderId, delivers ? SupplierOrderStatus.Confirmed : SupplierOrderStatus.Refused))
        {
            var notice = delivers
                ? new SupplierNotice(booked.Order.Reference, booked.SupplierOrderId, "confirmed", booked.Order.Quantity, null)
                : new SupplierNotice(booked.Order.Reference, booked.SupplierOrderId, "refused", null, "The maker has none left.");
            await webhook.DeliverAsync(notice, notice.Status, notice.Reference, stopping);
        }
    }
}
