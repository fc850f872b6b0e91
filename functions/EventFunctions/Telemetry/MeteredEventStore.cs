using EventFunctions.EventSourcing;

namespace EventFunctions.Telemetry;

/// <summary>An event store whose appends are counted.</summary>
/// <param name="inner">Keeps the streams.</param>
/// <param name="metrics">Counts.</param>
public sealed class MeteredEventStore(IEventStore inner, StoreMetrics metrics) : IEventStore
{
    /// <inheritdoc/>
    public Task<StreamHead> LoadHeadAsync(StreamName stream, CancellationToken cancellationToken = default) =>
        inner.LoadHeadAsync(stream, cancellationToken);

    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(StreamAppend append, CancellationToken cancellationToken = default)
    {
        var result = await inner.AppendAsync(append, cancellationToken);
        metrics.Ended(append, result);
        return result;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<EventEnvelope> ReadAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(stream, fromVersion, cancellationToken);
}
