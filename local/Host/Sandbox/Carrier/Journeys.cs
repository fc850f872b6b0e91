using EventFunctions.Local.Host.Sandbox.Exchange;

namespace EventFunctions.Local.Host.Sandbox.Carrier;

/// <summary>Takes parcels from acceptance to delivery and tells the customer of each step, in order.</summary>
internal sealed class Journeys(ParcelRegister register, SignedWebhook webhook, SandboxOptions options, TimeProvider timeProvider, ILogger<Journeys> logger)
    : IAsyncDisposable
{
    private readonly BackgroundWork _underWay = new(logger);

    /// <summary>Whether as many parcels are under way as may be.</summary>
    public bool IsFull => _underWay.Count >= options.MaxParcelsInTransit;

    /// <summary>Sends a parcel on its way.</summary>
    public void Begin(Parcel parcel) => _underWay.Begin($"parcel {parcel.CarrierShipmentId}", stopping => RunAsync(parcel, stopping));

    /// <summary>Stops every parcel where it is.</summary>
    public ValueTask DisposeAsync() => _underWay.DisposeAsync();

    private async Task RunAsync(Parcel parcel, CancellationToken stopping)
    {
        await StepAsync(parcel, ParcelStatus.Dispatched, stopping);
        if (CarrierRules.Arrives(parcel.Address))
        {
            await StepAsync(parcel, ParcelStatus.Delivered, stopping);
        }
    }

    private async Task StepAsync(Parcel parcel, ParcelStatus step, CancellationToken stopping)
    {
        await Task.Delay(options.TransitDelay, timeProvider, stopping);
        if (register.Move(parcel.CarrierShipmentId, step) is not null)
        {
#pragma warning disable CA1308 // The wire format's words are lower-case.
            var word = step.ToString().ToLowerInvariant();
#pragma warning restore CA1308
            var notice = new CarrierNotice(parcel.Reference, parcel.CarrierShipmentId, parcel.TrackingNumber, word, timeProvider.GetUtcNow());
            await webhook.DeliverAsync(notice, word, parcel.Reference, stopping);
        }
    }
}
