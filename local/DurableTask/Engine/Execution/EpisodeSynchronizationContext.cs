namespace EventFunctions.Local.DurableTask;

/// <summary>
/// Keeps orchestrator code on one thread for one episode at a time. Everything durable completes on that thread, so a continuation that comes
/// from another thread shows that the code awaited something else; it is not run but reported, also when it comes after the end.
/// </summary>
internal sealed class EpisodeSynchronizationContext(Action onIntruderAfterEnd) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private int _thread = -1;
    private volatile bool _ended = true;

    /// <summary>Whether another thread tried to go on with the orchestrator's code.</summary>
    public volatile bool HasIntruder;

    /// <summary>Whether the caller is the episode's code.</summary>
    public bool IsCurrent => !_ended && Environment.CurrentManagedThreadId == Volatile.Read(ref _thread);

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
        {
            _queue.Enqueue((d, state));
        }
        else
        {
            ReportIntruder();
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
        {
            d(state);
        }
        else
        {
            ReportIntruder();
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    public void ReportIntruder()
    {
        HasIntruder = true;
        Interlocked.MemoryBarrier();
        if (_ended)
        {
            onIntruderAfterEnd();
        }
    }

    /// <summary>Runs the whole episode on the calling thread.</summary>
    public void Run(Action episode)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);
        _ended = false;
        try
        {
            episode();
        }
        finally
        {
            _ended = true;
            SetSynchronizationContext(outer);
        }

        // One that came between the episode's own look and its end would go unnoticed; being told twice does no harm.
        Interlocked.MemoryBarrier();
        if (HasIntruder)
        {
            onIntruderAfterEnd();
        }
    }

    /// <summary>Runs what was posted, until nothing is left.</summary>
    public void Drain()
    {
        while (_queue.TryDequeue(out var work))
        {
            work.Callback(work.State);
        }
    }
}
