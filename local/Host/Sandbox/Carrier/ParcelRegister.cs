using EventFunctions.Local.Host.Sandbox.Keeping;

namespace EventFunctions.Local.Host.Sandbox.Carrier;

/// <summary>Every parcel the carrier has accepted.</summary>
internal sealed class ParcelRegister(SandboxBooks books, TimeProvider timeProvider)
{
    private readonly Table<Parcel> _parcels = books.Table<Parcel>("parcels");

    /// <summary>Every parcel, in no particular order.</summary>
    /// <param name="reference">Only those with this reference, if not <see langword="null"/>.</param>
    public IReadOnlyList<Parcel> All(string? reference) =>
        books.Read(() => _parcels.Rows.Where(parcel => reference is null || parcel.Reference == reference).ToList());

    /// <summary>Accepts a parcel.</summary>
    public Parcel Accept(Change change, ParcelOrder order)
    {
        var number = _parcels.Count + 1;
        var parcel = new Parcel(
            $"shp_{number:D8}", order.Reference, $"EF{number:D10}", order.Address, ParcelStatus.Accepted, timeProvider.GetUtcNow());
        return change.Put(_parcels, parcel.CarrierShipmentId, parcel);
    }

    /// <summary>A parcel, or <see langword="null"/>.</summary>
    public Parcel? Find(string carrierShipmentId) => books.Read(() => _parcels.Find(carrierShipmentId));

    /// <summary>Moves a parcel on, unless the step is not possible (any more).</summary>
    /// <returns>The parcel after the step, or <see langword="null"/>.</returns>
    public Task<Parcel?> MoveAsync(string carrierShipmentId, ParcelStatus step) => books.ChangeAsync(change =>
        _parcels.Find(carrierShipmentId) is { } parcel && CarrierRules.Move(parcel.Status, step) is { } status
            ? change.Put(_parcels, carrierShipmentId, parcel with { Status = status, MovedAt = timeProvider.GetUtcNow() })
            : null);

    /// <summary>Notes that the customer knows of a step.</summary>
    public Task<Parcel> NoteToldAsync(string carrierShipmentId, ParcelStatus step) => books.ChangeAsync(change =>
        change.Put(_parcels, carrierShipmentId, _parcels.Find(carrierShipmentId)! with { Told = step }));
}
