namespace EventFunctions.Local.DurableTask;

/// <summary>
/// Keeps orchestrator code on one thread for one episode at a time. Everything durable completes on that thread, so a continuation that comes
/// from another thread shows that the code awaited something else; it is not run but reported, also when it comes after the end. For the
/// same reason code that blocks its thread for a durable task would wait for ever: such a wait is ended, and reported.
/// </summary>
internal sealed class EpisodeSynchronizationContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private readonly string _instanceId;
    private readonly TimeSpan _maximumBlockingTime;
    private readonly Action _onIntruderAfterEnd;
    private int _thread = -1;
    private volatile bool _ended = true;

    /// <param name="instanceId">The instance, for what is reported.</param>
    /// <param name="maximumBlockingTime">How long one wait may block the thread.</param>
    /// <param name="onIntruderAfterEnd">Told, on any thread, that the code went on outside the episode.</param>
    public EpisodeSynchronizationContext(string instanceId, TimeSpan maximumBlockingTime, Action onIntruderAfterEnd)
    {
        (_instanceId, _maximumBlockingTime, _onIntruderAfterEnd) = (instanceId, maximumBlockingTime, onIntruderAfterEnd);

        // Task.Wait, events, semaphores and contended locks come to Wait; Thread.Sleep and blocking system calls do not.
        SetWaitNotificationRequired();
    }

    /// <summary>Whether another thread tried to go on with the orchestrator's code.</summary>
    public volatile bool HasIntruder;

    /// <summary>What the code was told that blocked its thread for too long; it may have caught that.</summary>
    public InvalidOperationException? Blocked { get; private set; }

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

    /// <summary>Waits as the thread would, but not for longer than it may be blocked.</summary>
    /// <exception cref="InvalidOperationException">It would have been blocked for longer.</exception>
    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        // A wait without an end is -1, the largest of all as an unsigned number.
        var limit = (int)_maximumBlockingTime.TotalMilliseconds;
        if (!IsCurrent || (uint)millisecondsTimeout <= (uint)limit)
        {
            return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
        }

        var signalled = WaitHelper(waitHandles, waitAll, limit);
        if (signalled != WaitHandle.WaitTimeout)
        {
            return signalled;
        }

        Blocked = BlockedThread.Exception(_instanceId, _maximumBlockingTime);
        throw Blocked;
    }

    public void ReportIntruder()
    {
        HasIntruder = true;
        Interlocked.MemoryBarrier();
        if (_ended)
        {
            _onIntruderAfterEnd();
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
            _onIntruderAfterEnd();
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
