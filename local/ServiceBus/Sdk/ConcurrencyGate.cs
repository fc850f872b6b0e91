#nullable disable

namespace Azure.Messaging.ServiceBus;

/// <summary>Lets so many in at once; how many can be changed at any time. One caller at a time waits to enter.</summary>
internal sealed class ConcurrencyGate(int limit)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private TaskCompletionSource _drained;
    private int _limit = limit;
    private int _inside;

    public int Limit
    {
        get
        {
            lock (_lock)
            {
                return _limit;
            }
        }

        set
        {
            lock (_lock)
            {
                _limit = value;
                Admit();
            }
        }
    }

    public int Inside
    {
        get
        {
            lock (_lock)
            {
                return _inside;
            }
        }
    }

    /// <summary>Waits to be let in.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before.</exception>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource waiter;
        lock (_lock)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_inside < _limit && _waiting.Count == 0)
            {
                _inside++;
                return;
            }

            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter);
        }

        await using (cancellationToken.UnsafeRegister(_ => waiter.TrySetCanceled(cancellationToken), null))
        {
            await waiter.Task;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _inside--;
            Admit();
            if (_inside == 0)
            {
                _drained?.TrySetResult();
            }
        }
    }

    /// <summary>Completes when nobody is inside. Nobody may enter meanwhile.</summary>
    public Task DrainedAsync()
    {
        lock (_lock)
        {
            if (_inside == 0)
            {
                return Task.CompletedTask;
            }

            _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    private void Admit()
    {
        while (_inside < _limit && _waiting.TryDequeue(out var waiter))
        {
            _inside += waiter.TrySetResult() ? 1 : 0;
        }
    }
}
