using EventFunctions.Domain;

namespace EventFunctions.Shipping;

/// <summary>Carries parcels, outside.</summary>
/// <remarks>
/// Every operation fails with <see cref="Resilience.ProviderUnavailableException"/> when its outcome is not known; with the
/// same key it may be tried again and takes effect once.
/// </remarks>
public interface ICarrier
{
    /// <summary>Orders a shipment.</summary>
    /// <param name="reference">The order; under it the shipment can be found again, and the carrier's messages name it.</param>
    /// <param name="address">Where to.</param>
    /// <param name="key">Identifies the operation.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<CarrierAnswer> CreateAsync(string reference, Address address, Guid key, CancellationToken cancellationToken);

    /// <summary>The id of the shipment the carrier still means to deliver for an order; <see langword="null"/> if there is none.</summary>
    Task<string?> FindAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Calls a shipment off; one that is called off already stays so.</summary>
    Task CancelAsync(string carrierShipmentId, CancellationToken cancellationToken);
}

/// <summary>How the carrier answered.</summary>
public abstract record CarrierAnswer
{
    private CarrierAnswer()
    {
    }

    /// <summary>It will deliver.</summary>
    /// <param name="CarrierShipmentId">The carrier's id.</param>
    /// <param name="TrackingNumber">What the customer looks up.</param>
    public sealed record Accepted(string CarrierShipmentId, string TrackingNumber) : CarrierAnswer;

    /// <summary>It does not deliver there.</summary>
    /// <param name="Code">Lower-case and hyphenated, e.g. <c>address-unserviceable</c>.</param>
    /// <param name="Message">For a person.</param>
    public sealed record Refused(string Code, string Message) : CarrierAnswer;
}
