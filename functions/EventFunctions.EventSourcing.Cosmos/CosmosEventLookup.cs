using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Finds single events in the container of a <see cref="CosmosEventStore"/>. Safe for concurrent use.</summary>
/// <param name="events">The container.</param>
/// <param name="serializer">Reads the events.</param>
/// <param name="truncated">Reads events that were archived; where it is not given, they are not found.</param>
public sealed class CosmosEventLookup(Container events, EventSerializer serializer, TruncatedStreams? truncated = null) : IEventLookup
{
    /// <inheritdoc/>
    public async Task<EventEnvelope?> FindAsync(StreamName stream, long version, CancellationToken cancellationToken = default)
    {
        var id = EventDocument.IdOf(version);
        using var response = await CosmosFailure.GuardAsync(
            events.ReadItemStreamAsync(id, new PartitionKey(stream.Value), cancellationToken: cancellationToken), events, cancellationToken);
        if (CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
        {
            return truncated is null ? null : await truncated.FindAsync(stream, version, cancellationToken);
        }

        response.ThrowIfFailed(events);
        try
        {
            return await serializer.ReadAsync(
                await CosmosItems.ReadAsync<EventDocument>(response.Content, cancellationToken), cancellationToken);
        }
        catch (JsonException exception)
        {
            throw new EventFormatException($"Event {version} of '{stream}' cannot be read: {exception.Message}", exception);
        }
    }
}
