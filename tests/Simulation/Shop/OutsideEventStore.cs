using EventFunctions.EventSourcing;

namespace EventFunctions.Tests.Simulation;

/// <summary>The event store, outside; tells of every event that was committed.</summary>
internal sealed class OutsideEventStore(IEventStore inner, Outside outside, Action<EventEnvelope> committed) : IEventStore
{
    public Task<StreamHead> LoadHeadAsync(StreamName stream, CancellationToken cancellationToken = default) =>
        outside.AskAsync(Outside.Load, stream.Value, () => inner.LoadHeadAsync(stream, cancellationToken));

    public Task<AppendResult> AppendAsync(StreamAppend append, CancellationToken cancellationToken = default) =>
        outside.CallAsync(Outside.Append, append.Stream.Value, async () =>
        {
            var result = await inner.AppendAsync(append, cancellationToken);
            if (result is AppendResult.Appended)
            {
                foreach (var envelope in append.Events)
                {
                    committed(envelope);
                }
            }

            return result;
        });

    public IAsyncEnumerable<EventEnvelope> ReadAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(stream, fromVersion, cancellationToken);
}
