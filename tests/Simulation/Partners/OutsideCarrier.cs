using EventFunctions.Domain;
using EventFunctions.Shipping;
using EventFunctions.Tests.Saga;

namespace EventFunctions.Tests.Simulation;

/// <summary>The carrier, outside.</summary>
/// <param name="books">Its books.</param>
/// <param name="outside">The way there.</param>
internal sealed class OutsideCarrier(FakeCarrier books, Outside outside) : ICarrier
{
    public Task<CarrierAnswer> CreateAsync(string reference, Address address, Guid key, CancellationToken cancellationToken) =>
        outside.CallAsync("create-shipment", reference, () => books.CreateAsync(reference, address, key, cancellationToken));

    public Task<string?> FindAsync(string reference, CancellationToken cancellationToken) =>
        outside.AskAsync("find-shipment", reference, () => books.FindAsync(reference, cancellationToken));

    public Task CancelAsync(string carrierShipmentId, CancellationToken cancellationToken) =>
        outside.CallAsync("cancel-shipment", carrierShipmentId, async () =>
        {
            await books.CancelAsync(carrierShipmentId, cancellationToken);
            return true;
        });
}
