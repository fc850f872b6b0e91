using System.Net;
using EventFunctions.Domain;
using EventFunctions.Resilience;

namespace EventFunctions.Shipping;

/// <summary>The carrier's HTTP API.</summary>
/// <param name="client">Has the carrier's base address and the resilience pipeline.</param>
public sealed class HttpCarrier(HttpClient client) : ICarrier
{
    private static readonly int[] Refusals = [(int)HttpStatusCode.UnprocessableEntity];
    private readonly ProviderHttp _http = new(client, "The carrier");

    /// <inheritdoc/>
    public async Task<CarrierAnswer> CreateAsync(string reference, Address address, Guid key, CancellationToken cancellationToken)
    {
        var body = new { reference, address };
        using var response = await _http.SendAsync(HttpMethod.Post, "shipments", body, key, Refusals, cancellationToken);
        if (response.StatusCode == HttpStatusCode.UnprocessableEntity)
        {
            var refusal = await _http.ReadAsync<RefusalBody>(response, cancellationToken);
            return new CarrierAnswer.Refused(Present(refusal.Code, "code").Replace('_', '-'), refusal.Message ?? "The carrier refused.");
        }

        var shipment = await _http.ReadAsync<ShipmentBody>(response, cancellationToken);
        return new CarrierAnswer.Accepted(
            Present(shipment.CarrierShipmentId, "carrierShipmentId"), Present(shipment.TrackingNumber, "trackingNumber"));
    }

    /// <inheritdoc/>
    public async Task<string?> FindAsync(string reference, CancellationToken cancellationToken)
    {
        var path = $"shipments?reference={Uri.EscapeDataString(reference)}";
        using var response = await _http.SendAsync(HttpMethod.Get, path, body: null, idempotencyKey: null, refusals: [], cancellationToken);
        var list = await _http.ReadAsync<ShipmentsBody>(response, cancellationToken);

        // The filter is the carrier's to honour; the answer is right without it.
        var shipment = (list.Shipments ?? []).FirstOrDefault(s => s.Reference == reference && s.Status != "cancelled");
        return shipment is null ? null : Present(shipment.CarrierShipmentId, "carrierShipmentId");
    }

    /// <inheritdoc/>
    public async Task CancelAsync(string carrierShipmentId, CancellationToken cancellationToken)
    {
        var path = $"shipments/{Uri.EscapeDataString(carrierShipmentId)}";
        using var response = await _http.SendAsync(HttpMethod.Delete, path, body: null, idempotencyKey: null, refusals: [], cancellationToken);
    }

    private static string Present(string? value, string field) => string.IsNullOrEmpty(value)
        ? throw new ProviderContractException("The carrier", "read an answer", $"'{field}' is missing")
        : value;

    private sealed record ShipmentBody(string? CarrierShipmentId, string? TrackingNumber);

    private sealed record RefusalBody(string? Code, string? Message);

    private sealed record ShipmentsBody(IReadOnlyList<ShipmentEntry>? Shipments);

    private sealed record ShipmentEntry(string? CarrierShipmentId, string? Reference, string? Status);
}
