namespace EventFunctions.Local.DurableTask;

/// <summary>
/// The one place where the hub changes. A change is decided, written to the log and applied under one lock, so the log has the order
/// in which things happened; its effects are let loose, in that order, when the log says it is durable.
/// </summary>
internal sealed class TaskHub
{
    private readonly Lock _gate = new();
    private readonly IHubLog _log;
    private readonly TimeProvider _timeProvider;
    private readonly Action<HubEffect> _release;
    private readonly Action<Exception> _stopped;
    private readonly HubTables _tables;
    private readonly Func<string, bool> _rejects;
    private readonly ConfigureAwaitOptions _afterWrite;
    private PendingCommits? _pending;
    private Task _releasing = Task.CompletedTask;
    private Exception? _failure;

    /// <summary>An empty hub.</summary>
    public TaskHub(IHubLog log, TimeProvider timeProvider, Action<HubEffect> release)
        : this(log, timeProvider, release, new HubTables(), static _ => { })
    {
    }

    /// <param name="log">Where changes go.</param>
    /// <param name="timeProvider">The hub's clock.</param>
    /// <param name="release">Lets an effect loose; must neither throw nor wait.</param>
    /// <param name="tables">The instances there are.</param>
    /// <param name="stopped">Told once, on any thread, why the hub has stopped.</param>
    /// <param name="rejects">Whether an instance of a version is left alone; none is where nothing is said.</param>
    /// <param name="afterWrite">Where it goes on after a write: on any thread, unless a test wants it to be the test's own.</param>
    public TaskHub(
        IHubLog log,
        TimeProvider timeProvider,
        Action<HubEffect> release,
        HubTables tables,
        Action<Exception> stopped,
        Func<string, bool>? rejects = null,
        ConfigureAwaitOptions afterWrite = ConfigureAwaitOptions.None)
    {
        (_log, _timeProvider, _release, _tables, _stopped) = (log, timeProvider, release, tables, stopped);
        _rejects = rejects ?? (static _ => false);

        // It is called under the lock, and must not go on there.
        _afterWrite = afterWrite | ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing;
    }

    public DateTimeOffset Now => _timeProvider.GetUtcNow();

    /// <summary>Looks under the lock at what may not be durable yet: for the engine's own decisions and counts, not for answers.</summary>
    public T Peek<T>(Func<HubTables, T> look)
    {
        lock (_gate)
        {
            return look(_tables);
        }
    }

    /// <summary>Reads, and answers when all that was read is durable: nobody is told what a crash could still take back.</summary>
    /// <exception cref="HubStoppedException">The hub has stopped.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<HubTables, T> read, CancellationToken cancellationToken)
    {
        T found;
        Task releasing;
        lock (_gate)
        {
            found = read(_tables);
            releasing = _releasing;
        }

        if (!releasing.IsCompleted)
        {
            await releasing.WaitAsync(cancellationToken);
        }

        ThrowIfStopped();
        return found;
    }

    /// <summary>Changes the hub. The decision sees the hub as it is and may refuse by throwing, or return nothing to change.</summary>
    /// <exception cref="HubStoppedException">The hub has stopped.</exception>
    /// <remarks>What the log throws at once refuses the one record: nothing has changed then.</remarks>
    public HubCommit Commit(Func<HubTables, HubRecord?> decide)
    {
        lock (_gate)
        {
            ThrowIfStopped();
            if (decide(_tables) is not { } record)
            {
                return HubCommit.Nothing;
            }

            var durable = _log.AppendAsync(record);
            var effects = Apply(record);
            if (!durable.IsCompletedSuccessfully)
            {
                return new HubCommit(Changed: true, Join(durable, effects));
            }

            // Under the lock, for their order: a timer must not be disarmed before it is armed.
            effects.ForEach(_release);
            return HubCommit.Done;
        }
    }

    /// <summary>The same, for those who wait.</summary>
    /// <returns>Whether there was a change, once it is durable.</returns>
    public async ValueTask<bool> CommitAsync(Func<HubTables, HubRecord?> decide)
    {
        var commit = Commit(decide);
        await commit.Released;
        return commit.Changed;
    }

    /// <summary>Something reached an instance; nothing happens if the instance or the execution is gone.</summary>
    public HubCommit Deliver(string instanceId, string? executionId, HistoryEvent happened) =>
        Commit(tables => tables.Find(instanceId) is { State.HasEnded: false } entry
            && (executionId ?? entry.State.ExecutionId) == entry.State.ExecutionId
            ? new HubRecord.MessageReceived(executionId, happened) { InstanceId = instanceId }
            : null);

    /// <summary>A timer is due: that of a scheduled start lines the instance up, any other reaches the execution that waits for it.</summary>
    /// <exception cref="HubStoppedException">The hub has stopped.</exception>
    public void Fire(WaitingTimer timer)
    {
        if (timer.TaskId == WaitingTimer.StartTaskId)
        {
            Wake(timer.InstanceId);
        }
        else
        {
            Deliver(timer.InstanceId, timer.ExecutionId, new HistoryEvent.TimerFired(timer.TaskId) { Timestamp = Now });
        }
    }

    /// <summary>Takes the next work of an instance; without any, or if another has its id now, it is put back.</summary>
    public (InstanceState State, InboxSelection Selection)? Take(InstanceEntry entry)
    {
        lock (_gate)
        {
            var selection = InboxSelection.Select(entry.State, entry.Inbox, Now, _rejects(entry.State.Started.Version));
            if (!selection.IsEmpty && _tables.Find(entry.State.InstanceId) == entry)
            {
                return (entry.State, selection);
            }

            entry.IsQueued = false;
            return null;
        }
    }

    /// <summary>Lines an instance up for a worker, unless it is already.</summary>
    public void Wake(string instanceId)
    {
        InstanceEntry entry;
        lock (_gate)
        {
            if (_tables.Find(instanceId) is not { IsQueued: false } idle)
            {
                return;
            }

            idle.IsQueued = true;
            entry = idle;
        }

        _release(new HubEffect.Ready(entry));
    }

    /// <summary>Notes all instances in the step in which something else begins, so that no change comes in between.</summary>
    public (T Begun, IReadOnlyList<InstanceNote> Instances) Note<T>(Func<T> begin)
    {
        lock (_gate)
        {
            return (begin(), _tables.Note());
        }
    }

    /// <summary>Ends when the effects of all changes so far are let loose, or the hub has stopped.</summary>
    public Task WhenReleasedAsync()
    {
        lock (_gate)
        {
            return _releasing;
        }
    }

    /// <summary>Takes no more changes.</summary>
    public void Close() => Interlocked.CompareExchange(ref _failure, new ObjectDisposedException(nameof(TaskHub)), null);

    /// <exception cref="HubStoppedException">The hub has stopped.</exception>
    public void ThrowIfStopped()
    {
        if (Volatile.Read(ref _failure) is { } cause)
        {
            throw new HubStoppedException(cause);
        }
    }

    private List<HubEffect> Apply(HubRecord record)
    {
        try
        {
            return _tables.Apply(record);
        }
        catch (Exception fault)
        {
            // The log has what memory has not.
            Stop(fault);
            throw;
        }
    }

    private Task Join(Task durable, List<HubEffect> effects)
    {
        if (_pending?.Durable != durable)
        {
            _pending = new PendingCommits(durable);
            _releasing = ReleaseAsync(_pending, _releasing);
        }

        _pending.Effects.AddRange(effects);
        return _pending.Released;
    }

    private async Task ReleaseAsync(PendingCommits pending, Task earlier)
    {
        await pending.Durable.ConfigureAwait(_afterWrite);
        await earlier;
        lock (_gate)
        {
            if (_pending == pending)
            {
                _pending = null;
            }
        }

        if (!pending.Durable.IsCompletedSuccessfully)
        {
            var cause = pending.Durable.Exception?.InnerException ?? new TaskCanceledException(pending.Durable);
            Stop(cause);
            pending.Fail(cause);
            return;
        }

        pending.Effects.ForEach(_release);
        pending.Succeed();
    }

    private void Stop(Exception cause)
    {
        // Memory is ahead of the log, or the other way round, so nothing more may happen.
        if (Interlocked.CompareExchange(ref _failure, cause, null) is null)
        {
            _stopped(cause);
        }
    }
}
