using System.Net;
using System.Text.Json;
using EventFunctions.EventSourcing;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Publishing;

/// <summary>Parks events in a Cosmos DB container with the partition key <c>/stream</c>.</summary>
/// <param name="container">The container.</param>
public sealed class CosmosParkedEvents(Container container) : IParkedEvents
{
    /// <inheritdoc/>
    public async Task ParkAsync(ParkedEvent parked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parked);
        var item = new Item(
            parked.Source.Id.Length > 0 ? parked.Source.Id : "unidentified",
            parked.Source.Stream.Length > 0 ? parked.Source.Stream : "unidentified",
            "parked",
            parked.Code,
            parked.Reason,
            parked.ParkedAt);
        using var body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(item, EventJson.Options));
        using var response = await container.UpsertItemStreamAsync(body, new PartitionKey(item.Stream), cancellationToken: cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK))
        {
            throw new StoreUnavailableException(
                $"Parking event '{item.Id}' of '{item.Stream}' failed with {(int)response.StatusCode}: {response.ErrorMessage}");
        }
    }

    private sealed record Item(string Id, string Stream, string Kind, string Code, string Reason, DateTimeOffset ParkedAt);
}
