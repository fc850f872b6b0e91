using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Reads the items of the container of a <see cref="CosmosEventStore"/> as they are: a point read each.</summary>
/// <param name="events">The container.</param>
public sealed class CosmosStoredDocuments(Container events) : IStoredDocuments
{
    /// <inheritdoc/>
    public async Task<JsonElement?> FindAsync(DocumentReference source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Id.Length == 0)
        {
            return null;
        }

        using var response = await CosmosFailure.GuardAsync(
            events.ReadItemStreamAsync(source.Id, new PartitionKey(source.Stream), cancellationToken: cancellationToken), events, cancellationToken);
        if (CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
        {
            return null;
        }

        response.ThrowIfFailed(events);
        return await CosmosItems.ReadAsync<JsonElement>(response.Content, cancellationToken);
    }
}
