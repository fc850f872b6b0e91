namespace EventFunctions.Local.DurableTask;

/// <summary>
/// The one place where the hub changes. A change is decided, written to the log and applied under one lock, so the log has the order
/// in which things happened; its effects are let loose when the log says it is durable.
/// </summary>
/// <param name="log">Where records go.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="release">Lets effects loose.</param>
/// <param name="rejects">Whether an instance of a version is left alone.</param>
internal sealed class TaskHub(IHubLog log, TimeProvider timeProvider, Action<HubEffect> release, Func<string, bool> rejects)
{
    private readonly Lock _gate = new();
    private readonly HubTables _tables = new();
    private Exception? _broken;

    public DateTimeOffset Now => timeProvider.GetUtcNow();

    /// <summary>Reads under the lock.</summary>
    public T Read<T>(Func<HubTables, T> read)
    {
        lock (_gate)
        {
            return read(_tables);
        }
    }

    /// <summary>Changes the hub. The decision sees the hub as it is and may refuse by throwing, or return nothing to change.</summary>
    /// <returns>Whether there was a change, once it is durable.</returns>
    public async ValueTask<bool> CommitAsync(Func<HubTables, HubRecord?> decide)
    {
        Task durable;
        List<HubEffect> effects;
        lock (_gate)
        {
            if (_broken is not null)
            {
                throw new InvalidOperationException("The task hub stopped because its log failed; restart it.", _broken);
            }

            if (decide(_tables) is not { } record)
            {
                return false;
            }

            durable = log.AppendAsync(record);
            effects = _tables.Apply(record);
        }

        if (!durable.IsCompletedSuccessfully)
        {
            await WhenDurableAsync(durable);
        }

        foreach (var effect in effects)
        {
            release(effect);
        }

        return true;
    }

    /// <summary>Something reached an instance; nothing happens if the instance or the execution is gone.</summary>
    public ValueTask<bool> DeliverAsync(string instanceId, string? executionId, HistoryEvent happened) =>
        CommitAsync(tables => tables.Find(instanceId) is { State.HasEnded: false } entry
            && (executionId ?? entry.State.ExecutionId) == entry.State.ExecutionId
            ? new HubRecord.MessageReceived(executionId, happened) { InstanceId = instanceId }
            : null);

    /// <summary>Takes the next work of an instance; without any, or if another has its id now, it is put back.</summary>
    public (InstanceState State, InboxSelection Selection)? Take(InstanceEntry entry)
    {
        lock (_gate)
        {
            var selection = InboxSelection.Select(entry.State, entry.Inbox, Now, rejects(entry.State.Started.Version));
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

        release(new HubEffect.Ready(entry));
    }

    private async Task WhenDurableAsync(Task durable)
    {
        try
        {
            await durable;
        }
        catch (Exception exception)
        {
            // Memory is ahead of the log now, so nothing more may happen.
            lock (_gate)
            {
                _broken ??= exception;
            }

            throw;
        }
    }
}
