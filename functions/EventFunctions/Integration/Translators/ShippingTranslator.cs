using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Integration.Contracts;

namespace EventFunctions.Integration.Translators;

/// <summary>Tells others that a parcel is on its way. That it arrived, or is not sent at all, the order tells.</summary>
public sealed class ShippingTranslator : IIntegrationTranslator
{
    /// <inheritdoc/>
    public string Category => Shipment.Category;

    /// <inheritdoc/>
    public IReadOnlyList<IntegrationEvent> Translate(IDomainEvent data) => data switch
    {
        ShipmentDispatched e => [new ShopShipmentDispatched(e.OrderId.ToString())],
        _ => [],
    };
}
