using System.Collections.Concurrent;
using EventFunctions.EventSourcing;

namespace EventFunctions.Tests.Delivery;

/// <summary>Tells what was committed since it was last asked, in the order in which it was: what a change feed would.</summary>
internal sealed class TappedEventStore(IEventStore inner) : IEventStore
{
    private readonly ConcurrentQueue<EventEnvelope> _committed = new();

    /// <summary>Happens before an append reaches the store; what it throws, the store throws.</summary>
    public Func<StreamAppend, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Happens after an append was committed, before its writer hears of it.</summary>
    public Func<StreamAppend, Task> After { get; set; } = _ => Task.CompletedTask;

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
        await Before(append);
        var result = await inner.AppendAsync(append, cancellationToken);
        if (result is AppendResult.Appended)
        {
            foreach (var envelope in append.Events)
            {
                _committed.Enqueue(envelope);
            }

            await After(append);
        }

        return result;
    }

    public IAsyncEnumerable<EventEnvelope> ReadAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(stream, fromVersion, cancellationToken);
}
