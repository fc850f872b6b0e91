using System.Collections.Concurrent;

namespace EventFunctions.EventSourcing;

/// <summary>
/// Applies a batch by handing each event to a handler: for projections that keep an item per event, where there is nothing to
/// fold. The events of one stream go in order, the streams side by side.
/// </summary>
/// <param name="handler">Applies one event.</param>
/// <param name="concurrency">How many streams are worked on at a time, 1 or more.</param>
public sealed class HandlerReplay(IEventHandler handler, int concurrency = HandlerReplay.DefaultConcurrency) : IEventReplay
{
    /// <summary>How many streams are worked on at a time unless told otherwise.</summary>
    public const int DefaultConcurrency = 16;

    /// <inheritdoc/>
    public async Task<ReplayResult> ApplyAsync(IReadOnlyList<EventEnvelope> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        var written = 0;
        var failures = new ConcurrentQueue<StreamFailure>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(events.GroupBy(e => e.Stream), options, async (stream, token) =>
        {
            foreach (var envelope in stream.OrderBy(e => e.Version))
            {
                try
                {
                    var outcome = await handler.HandleAsync(envelope, token);
                    Interlocked.Add(ref written, outcome == ProjectionOutcome.Ignored ? 0 : 1);
                }
                catch (Exception exception) when (StreamFailures.IsOfTheStream(exception))
                {
                    failures.Enqueue(StreamFailures.Of(envelope, exception));
                    break;
                }
            }
        });
        return new ReplayResult(written, [.. failures]);
    }
}
