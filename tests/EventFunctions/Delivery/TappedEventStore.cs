using System.Collections.Concurrent;
using EventFunctions.EventSourcing;

namespace EventFunctions.Tests.Delivery;

/// <summary>Tells what was committed since it was last asked, in the order in which it was: what a change feed would.</summary>
internal sealed class TappedEventStore(IEventStore inner) : IEventStore
{
    private readonly ConcurrentQueue<EventEnvelope> _committed = new();

    public IReadOnlyList<EventEnvelope> Take()
    {
        var taken = new List<EventEnvelope>();
        while (_committed.TryDequeue(out var envelope))
        {
            taken.Add(envelope);
        }

        return taken;
    }

    public Task<StreamHead> LoadHeadAsync(StreamName stream, CancellationToken cancellationToken = default) =>
        inner.LoadHeadAsync(stream, cancellationToken);

    public async Task<AppendResult> AppendAsync(StreamAppend append, CancellationToken cancellationToken = default)
    {
        var result = await inner.AppendAsync(append, cancellationToken);
        if (result is AppendResult.Appended)
        {
            foreach (var envelope in append.Events)
            {
                _committed.Enqueue(envelope);
            }
        }

        return result;
    }

    public IAsyncEnumerable<EventEnvelope> ReadAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(stream, fromVersion, cancellationToken);
}
