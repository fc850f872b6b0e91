namespace EventFunctions.Tests.Simulation;

/// <summary>Keeps everything that a run awaits on the run's own thread, in the order in which it became possible.</summary>
internal sealed class OneThread : SynchronizationContext, IDisposable
{
    private readonly SynchronizationContext? _before = Current;
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _hasIntruder;

    private OneThread()
    {
    }

    /// <summary>Takes the caller's thread, until it is disposed of.</summary>
    public static OneThread Take()
    {
        var thread = new OneThread();
        SetSynchronizationContext(thread);
        return thread;
    }

    /// <summary>Gives the thread back.</summary>
    public void Dispose() => SetSynchronizationContext(_before);

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            _queue.Enqueue((d, state));
        }
        else
        {
            _hasIntruder = true;
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Goes on with whatever can go on.</summary>
    /// <exception cref="SimulationFailedException">Another thread had a part in it, so the run could not be had again.</exception>
    public void Drain()
    {
        while (_queue.TryDequeue(out var next))
        {
            next.Callback(next.State);
        }

        if (_hasIntruder)
        {
            throw new SimulationFailedException("something ran on another thread");
        }
    }
}
