using EventFunctions.Local.Host.Sandbox.Exchange;

namespace EventFunctions.Local.Host.Sandbox.Carrier;

/// <summary>Takes parcels from acceptance to delivery and tells the customer of each step, in order.</summary>
internal sealed class Journeys(ParcelRegister register, SignedWebhook webhook, SandboxOptions options, TimeProvider timeProvider, ILogger<Journeys> logger)
    : IAsyncDisposable
{
    private readonly BackgroundWork _underWay = new(logger);

    /// <summary>Whether as many parcels are under way as may be.</summary>
    public bool IsFull => _underWay.Count >= options.MaxParcelsInTransit;

    /// <summary>Sends a parcel on its way, from where it is: the customer is told of what it was not told of yet.</summary>
    public void Begin(Parcel parcel) => _underWay.Begin($"parcel {parcel.CarrierShipmentId}", stopping => RunAsync(parcel, stopping));

    /// <summary>Sends every parcel on that a stop has left where it was.</summary>
    public void Resume()
    {
        foreach (var parcel in register.All(reference: null).Where(IsUnderWay))
        {
            Begin(parcel);
        }
    }

    /// <summary>Stops every parcel where it is.</summary>
    public ValueTask DisposeAsync() => _underWay.DisposeAsync();

    private static bool IsUnderWay(Parcel parcel) => parcel.Status switch
    {
        ParcelStatus.Accepted => true,
        ParcelStatus.Dispatched => CarrierRules.Arrives(parcel.Address) || parcel.Told != ParcelStatus.Dispatched,
        ParcelStatus.Delivered => parcel.Told != ParcelStatus.Delivered,
        ParcelStatus.Cancelled => false,
        _ => throw new InvalidOperationException($"There is no status {parcel.Status}."),
    };

    private async Task RunAsync(Parcel? parcel, CancellationToken stopping)
    {
        while (parcel is not null && IsUnderWay(parcel))
        {
            if (parcel.Told != parcel.Status)
            {
                parcel = await TellAsync(parcel, stopping);
            }
            else
            {
                await Task.Delay(options.TransitDelay, timeProvider, stopping);
                var next = parcel.Status is ParcelStatus.Accepted ? ParcelStatus.Dispatched : ParcelStatus.Delivered;
                parcel = await register.MoveAsync(parcel.CarrierShipmentId, next);
            }
        }
    }

    private async Task<Parcel> TellAsync(Parcel parcel, CancellationToken stopping)
    {
#pragma warning disable CA1308 // The wire format's words are lower-case.
        var word = parcel.Status.ToString().ToLowerInvariant();
#pragma warning restore CA1308
        var notice = new CarrierNotice(parcel.Reference, parcel.CarrierShipmentId, parcel.TrackingNumber, word, parcel.MovedAt);
        await webhook.DeliverAsync(notice, word, parcel.Reference, stopping);
        return await register.NoteToldAsync(parcel.CarrierShipmentId, parcel.Status);
    }
}
