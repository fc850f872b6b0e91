using System.Text;
using System.Text.Json;
using EventFunctions.Domain;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Inventory.Replenishment.Api;
using EventFunctions.Shipping.Api;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Partners;
using EventFunctions.Tests.Saga;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Tests.Delivery;

/// <summary>The carrier and the supplier, as they report by their signed webhooks.</summary>
internal sealed class PlayedPartners(SagaWorld saga, SagaPort sagas, RequestMetadata metadata)
{
    private const string Secret = "a-secret-of-some-length";

    /// <summary>The carrier delivers the parcel of an order and says so.</summary>
    public async Task DeliverAsync(OrderId order)
    {
        await ReportAsync(order, CarrierEventRequest.Dispatched);
        await ReportAsync(order, CarrierEventRequest.Delivered);
    }

    /// <summary>The supplier delivers all that was ordered and says so.</summary>
    public Task<HttpCall> ConfirmSupplyAsync(string id, ReplenishmentStatus ordered)
    {
        var body = JsonSerializer.Serialize(
            new SupplierConfirmationRequest(id, ordered.SupplierOrderId, SupplierConfirmationRequest.Confirmed, ordered.Ordered, null), EventJson.Options);
        var signature = CarrierSignatureTests.Sign(Encoding.UTF8.GetBytes(body), Secret, ShopWorld.Clock.GetUtcNow());
        return Answered.AsAsync(
            204,
            new HttpCall(body, (SupplierSignature.Header, signature)),
            r => new ReceiveSupplierConfirmationEndpoint(
                new SupplierSignature(Secret, ShopWorld.Clock),
                new SupplierConfirmationValidator(),
                NullLogger<ReceiveSupplierConfirmationEndpoint>.Instance).RunAsync(r, sagas.Client, CancellationToken.None));
    }

    private Task<HttpCall> ReportAsync(OrderId order, string status)
    {
        var body = JsonSerializer.Serialize(
            new CarrierEventRequest(order.ToString(), $"shp-{order}", "TRACK", status, ShopWorld.Clock.GetUtcNow()), EventJson.Options);
        var signature = CarrierSignatureTests.Sign(Encoding.UTF8.GetBytes(body), Secret, ShopWorld.Clock.GetUtcNow());
        return Answered.AsAsync(
            204,
            new HttpCall(body, (CarrierSignature.Header, signature)),
            r => new ReceiveCarrierEventEndpoint(
                new CarrierSignature(Secret, ShopWorld.Clock),
                new CarrierEventValidator(),
                saga.Get<IAggregateRepository<Shipment, ShipmentEvent>>(),
                saga.Get<IEventLookup>(),
                metadata,
                ShopWorld.Clock).RunAsync(r, CancellationToken.None));
    }
}
