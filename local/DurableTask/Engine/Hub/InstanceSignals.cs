namespace EventFunctions.Local.DurableTask;

/// <summary>Lets callers wait for the next change of an instance. Only instances somebody watches at the moment cost anything.</summary>
internal sealed class InstanceSignals
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Signal> _watched = new(StringComparer.Ordinal);
    private Exception? _failure;

    /// <summary>How many instances are watched.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _watched.Count;
            }
        }
    }

    /// <summary>Begins to watch an instance, whether or not it exists; to be disposed of by whoever watches.</summary>
    public Watch Begin(string instanceId)
    {
        lock (_gate)
        {
            if (!_watched.TryGetValue(instanceId, out var signal))
            {
                _watched[instanceId] = signal = new Signal();
            }

            signal.Watchers++;
            return new Watch(this, instanceId, signal);
        }
    }

    public void Changed(string instanceId)
    {
        TaskCompletionSource change;
        lock (_gate)
        {
            if (!_watched.TryGetValue(instanceId, out var signal))
            {
                return;
            }

            change = signal.Change;
            signal.Change = NewChange();
        }

        change.TrySetResult();
    }

    /// <summary>There will be no more changes: those who wait, and who come later, are told why.</summary>
    public void Fail(Exception cause)
    {
        List<TaskCompletionSource> changes;
        lock (_gate)
        {
            _failure = cause;
            changes = [.. _watched.Values.Select(signal => signal.Change)];
        }

        changes.ForEach(change => change.TrySetException(cause));
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void End(string instanceId, Signal signal)
    {
        lock (_gate)
        {
            if (--signal.Watchers == 0)
            {
                _watched.Remove(instanceId);
            }
        }
    }

    /// <summary>One caller's interest in an instance.</summary>
    public sealed class Watch : IDisposable
    {
        private readonly InstanceSignals _signals;
        private readonly string _instanceId;
        private readonly Signal _signal;

        internal Watch(InstanceSignals signals, string instanceId, Signal signal) =>
            (_signals, _instanceId, _signal) = (signals, instanceId, signal);

        /// <summary>Completes at the next change; fails if there will be none. Take it before looking at the instance, or a change is missed.</summary>
        public Task NextChange
        {
            get
            {
                lock (_signals._gate)
                {
                    return _signals._failure is { } cause ? Task.FromException(cause) : _signal.Change.Task;
                }
            }
        }

        public void Dispose() => _signals.End(_instanceId, _signal);
    }

    internal sealed class Signal
    {
        public int Watchers { get; set; }

        public TaskCompletionSource Change { get; set; } = NewChange();
    }
}
