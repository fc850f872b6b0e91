using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>The streams in the container of a <see cref="CosmosEventStore"/> as items. Safe for concurrent use.</summary>
/// <param name="events">The container.</param>
public sealed class CosmosStreamItems(Container events) : IStreamItems
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEvent>> ReadAsync(StreamName stream, long from, long through, CancellationToken cancellationToken = default) =>
        EventItems.ReadAsync(events, stream, from, through, cancellationToken);

    /// <inheritdoc/>
    public async Task<AppendResult> RestoreAsync(StreamRestoration restoration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(restoration);
        var batch = AppendBatch.Compose(events, restoration);
        using var response = await CosmosFailure.GuardAsync(batch.ExecuteAsync(cancellationToken), events, cancellationToken);
        var first = restoration.Events.Count > 0 ? restoration.Events[0].Version : restoration.Head.Version;
        return AppendBatch.ResultOf(response, events, restoration.Stream, first, restoration.Events.Count);
    }

    /// <inheritdoc/>
    public Task<int> DeleteAsync(StreamName stream, long through, CancellationToken cancellationToken = default) =>
        EventItems.DeleteAsync(events, stream, through, cancellationToken);
}
