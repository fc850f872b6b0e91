namespace EventFunctions.Local.Host.Sandbox.Carrier;

/// <summary>Every parcel the carrier has accepted. It lives as long as the process.</summary>
internal sealed class ParcelRegister
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Parcel> _parcels = new(StringComparer.Ordinal);
    private long _lastNumber;

    /// <summary>Every parcel, in no particular order.</summary>
    /// <param name="reference">Only those with this reference, if not <see langword="null"/>.</param>
    public IReadOnlyList<Parcel> All(string? reference)
    {
        lock (_gate)
        {
            return [.. _parcels.Values.Where(parcel => reference is null || parcel.Reference == reference)];
        }
    }

    /// <summary>Accepts a parcel.</summary>
    public Parcel Accept(ParcelOrder order)
    {
        lock (_gate)
        {
            var number = ++_lastNumber;
            var parcel = new Parcel($"shp_{number:D8}", order.Reference, $"EF{number:D10}", order.Address, ParcelStatus.Accepted);
            _parcels.Add(parcel.CarrierShipmentId, parcel);
            return parcel;
        }
    }

    /// <summary>A parcel, or <see langword="null"/>.</summary>
    public Parcel? Find(string carrierShipmentId)
    {
        lock (_gate)
        {
            return _parcels.GetValueOrDefault(carrierShipmentId);
        }
    }

    /// <summary>Moves a parcel on, unless the step is not possible (any more).</summary>
    /// <returns>The parcel after the step, or <see langword="null"/>.</returns>
    public Parcel? Move(string carrierShipmentId, ParcelStatus step)
    {
        lock (_gate)
        {
            if (!_parcels.TryGetValue(carrierShipmentId, out var parcel) || CarrierRules.Move(parcel.Status, step) is not { } status)
            {
                return null;
            }

            return _parcels[carrierShipmentId] = parcel with { Status = status };
        }
    }
}
