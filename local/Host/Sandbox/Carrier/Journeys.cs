using System.Collections.Concurrent;

namespace EventFunctions.Local.Host.Sandbox.Carrier;

/// <summary>Takes parcels from acceptance to delivery and tells the customer of each step, in order.</summary>
internal sealed class Journeys(ParcelRegister register, CarrierWebhook webhook, SandboxOptions options, TimeProvider timeProvider, ILogger<Journeys> logger)
    : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Whether as many parcels are under way as may be.</summary>
    public bool IsFull => _underWay.Count >= options.MaxParcelsInTransit;

    /// <summary>Sends a parcel on its way.</summary>
    public void Begin(Parcel parcel)
    {
        var id = parcel.CarrierShipmentId;
        var journey = RunAsync(parcel, _stop.Token);
        _underWay[id] = journey;
        _ = journey.ContinueWith(_ => _underWay.TryRemove(id, out Task? _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Stops every parcel where it is.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_underWay.Values);
        _stop.Dispose();
    }

    private async Task RunAsync(Parcel parcel, CancellationToken stopping)
    {
        try
        {
            await StepAsync(parcel, ParcelStatus.Dispatched, stopping);
            if (CarrierRules.Arrives(parcel.Address))
            {
                await StepAsync(parcel, ParcelStatus.Delivered, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            logger.LogDebug("The sandbox stops with parcel {Parcel} under way.", parcel.CarrierShipmentId);
        }
        catch (Exception exception)
        {
            // Nobody awaits a journey, so its failure is reported here or nowhere.
            logger.LogError(exception, "Parcel {Parcel} is lost.", parcel.CarrierShipmentId);
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
            await webhook.DeliverAsync(notice, stopping);
        }
    }
}
