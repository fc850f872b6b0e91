using System.Collections.Concurrent;
using EventFunctions.Domain;
using EventFunctions.Resilience;
using EventFunctions.Shipping;

namespace EventFunctions.Tests.Saga;

/// <summary>A carrier with books: each key takes effect once.</summary>
internal sealed class FakeCarrier : ICarrier
{
    private readonly ConcurrentDictionary<Guid, string> _created = new();
    private readonly ConcurrentDictionary<string, string> _active = new(StringComparer.Ordinal);

    /// <summary>Refuses every address.</summary>
    public bool Refuses { get; set; }

    /// <summary>Gets no request for a new shipment.</summary>
    public bool IsAway { get; set; }

    /// <summary>Accepts shipments, but never answers.</summary>
    public bool LosesAnswers { get; set; }

    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>How many shipments the carrier still means to deliver.</summary>
    public int ActiveShipments => _active.Count;

    public Task<CarrierAnswer> CreateAsync(string reference, Address address, Guid key, CancellationToken cancellationToken)
    {
        Calls.Enqueue("create");
        if (IsAway)
        {
            return Task.FromException<CarrierAnswer>(new ProviderUnavailableException("The fake carrier", "create", "nobody is there"));
        }

        if (Refuses)
        {
            return Task.FromResult<CarrierAnswer>(new CarrierAnswer.Refused("address-unserviceable", "We do not go there."));
        }

        var id = _created.GetOrAdd(key, _ => _active.GetOrAdd(reference, $"shp-{reference}"));
        return LosesAnswers
            ? Task.FromException<CarrierAnswer>(new ProviderUnavailableException("The fake carrier", "create", "the answer is lost"))
            : Task.FromResult<CarrierAnswer>(new CarrierAnswer.Accepted(id, $"TRACK-{reference[..8]}"));
    }

    public Task<string?> FindAsync(string reference, CancellationToken cancellationToken) =>
        Task.FromResult(_active.GetValueOrDefault(reference));

    public Task CancelAsync(string carrierShipmentId, CancellationToken cancellationToken)
    {
        foreach (var shipment in _active.Where(s => s.Value == carrierShipmentId))
        {
            _active.TryRemove(shipment);
        }

        return Task.CompletedTask;
    }
}
