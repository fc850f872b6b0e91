namespace EventFunctions.Local.Host.Sandbox.Carrier;

/// <summary>Where a parcel is to go; a line, a name and so on may be empty, which is the carrier's customer's business.</summary>
/// <param name="Name">Who receives it.</param>
/// <param name="Line1">First line.</param>
/// <param name="Line2">Second line.</param>
/// <param name="PostalCode">Decides how the carrier behaves, see <see cref="CarrierRules"/>.</param>
/// <param name="City">Town.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
internal sealed record ParcelAddress(string? Name, string? Line1, string? Line2, string? PostalCode, string? City, string? Country);

/// <summary>How far a parcel is.</summary>
internal enum ParcelStatus
{
    /// <summary>Accepted, not picked up.</summary>
    Accepted,

    /// <summary>On its way.</summary>
    Dispatched,

    /// <summary>Handed over.</summary>
    Delivered,

    /// <summary>Called back before delivery.</summary>
    Cancelled,
}

/// <summary>A parcel in the carrier's hands.</summary>
/// <param name="CarrierShipmentId">The carrier's id.</param>
/// <param name="Reference">The customer's own name for it.</param>
/// <param name="TrackingNumber">For the receiver.</param>
/// <param name="Address">Where to.</param>
/// <param name="Status">How far it is.</param>
/// <param name="MovedAt">When it got there; UTC.</param>
/// <param name="Told">How far the customer knows it to be.</param>
internal sealed record Parcel(
    string CarrierShipmentId,
    string Reference,
    string TrackingNumber,
    ParcelAddress Address,
    ParcelStatus Status,
    DateTimeOffset MovedAt,
    ParcelStatus Told = ParcelStatus.Accepted);

/// <summary>A request to carry a parcel.</summary>
/// <param name="Reference">The customer's own name for it.</param>
/// <param name="Address">Where to.</param>
internal sealed record ParcelOrder(string Reference, ParcelAddress Address);
