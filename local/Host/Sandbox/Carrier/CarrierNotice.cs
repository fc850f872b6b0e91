namespace EventFunctions.Local.Host.Sandbox.Carrier;

/// <summary>What the carrier tells its customer through the webhook.</summary>
/// <param name="Reference">The customer's own name for the parcel.</param>
/// <param name="CarrierShipmentId">The carrier's id.</param>
/// <param name="TrackingNumber">For the receiver.</param>
/// <param name="Status"><c>dispatched</c> or <c>delivered</c>.</param>
/// <param name="OccurredAt">When it happened, UTC.</param>
internal sealed record CarrierNotice(string Reference, string CarrierShipmentId, string TrackingNumber, string Status, DateTimeOffset OccurredAt)
{
    /// <summary>The header with the signature.</summary>
    public const string SignatureHeader = "X-Carrier-Signature";
}
