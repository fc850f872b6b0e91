namespace EventFunctions.EventSourcing.Tests.Sample;

/// <summary>Counts what is asked of a store, and lets a test step in after a load and before and after an append.</summary>
public sealed class ObservedEventStore(IEventStore inner) : IEventStore
{
    private int _loads;
    private int _appends;
    private int _reads;

    public int Loads => _loads;

    public int Appends => _appends;

    public int Reads => _reads;

    public Func<StreamHead, Task> AfterLoad { get; set; } = _ => Task.CompletedTask;

    public Func<StreamAppend, Task> BeforeAppend { get; set; } = _ => Task.CompletedTask;

    public Func<AppendResult, Task> AfterAppend { get; set; } = _ => Task.CompletedTask;

    /// <summary>The loads and appends since the last call.</summary>
    public (int Loads, int Appends) TakeCounts() => (Interlocked.Exchange(ref _loads, 0), Interlocked.Exchange(ref _appends, 0));

    public async Task<StreamHead> LoadHeadAsync(StreamName stream, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _loads);
        var head = await inner.LoadHeadAsync(stream, cancellationToken);
        await AfterLoad(head);
        return head;
    }

    public async Task<AppendResult> AppendAsync(StreamAppend append, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _appends);
        await BeforeAppend(append);
        var result = await inner.AppendAsync(append, cancellationToken);
        await AfterAppend(result);
        return result;
    }

    public IAsyncEnumerable<EventEnvelope> ReadAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _reads);
        return inner.ReadAsync(stream, fromVersion, cancellationToken);
    }
}
