namespace EventFunctions.Local.ServiceBus;

internal sealed partial class EntityShard
{
    private readonly List<LoggedChange> _changes = [];
    private Task _logged = Task.CompletedTask;

    /// <summary>How many steps with changes there were, in all runs.</summary>
    public long Steps { get; set; }

    /// <summary>Whether its last step could not be logged.</summary>
    public bool IsFailed => Volatile.Read(ref _logged).IsFaulted;

    /// <summary>Takes the gate for one step; what is noted until it is given back is logged as one.</summary>
    public Step Enter()
    {
        Gate.Enter();
        return new Step(this, null);
    }

    /// <summary>Takes the gates of two shards for one step of both; always in the same order, so that nobody waits for each other.</summary>
    public static Step Enter(EntityShard first, EntityShard second)
    {
        if (first == second)
        {
            return first.Enter();
        }

        var (lower, higher) = first.Number < second.Number ? (first, second) : (second, first);
        lower.Gate.Enter();
        higher.Gate.Enter();
        return new Step(first, second);
    }

    /// <summary>Notes a change for the log. The gate is held.</summary>
    public void Note(EntityAddress entity, BrokerRecord record)
    {
        if (Log.KeepsChanges)
        {
            _changes.Add(new LoggedChange(entity, record));
        }
    }

    /// <summary>Completes once everything done so far is safe. Not to be called under the gate.</summary>
    /// <exception cref="Azure.Messaging.ServiceBus.ServiceBusException">It can't be made safe: the log has failed.</exception>
    public ValueTask LoggedAsync(CancellationToken cancellationToken)
    {
        var logged = Volatile.Read(ref _logged);
        return logged.IsCompletedSuccessfully ? ValueTask.CompletedTask : WaitAsync(logged, cancellationToken);
    }

    private static async ValueTask WaitAsync(Task logged, CancellationToken cancellationToken)
    {
        try
        {
            await logged.WaitAsync(cancellationToken);
        }
        catch (IOException failed)
        {
            throw LogFailure.Of(failed);
        }
    }

    /// <summary>Logs what was noted, in one record.</summary>
    private void Write(EntityShard? other)
    {
        if (_changes.Count == 0 && (other is null || other._changes.Count == 0))
        {
            return;
        }

        try
        {
            var logged = other is null || other._changes.Count == 0 ? Log.AppendAsync([NextStep()])
                : _changes.Count == 0 ? Log.AppendAsync([other.NextStep()])
                : Log.AppendAsync([NextStep(), other.NextStep()]);
            Logged(logged);
            other?.Logged(logged);
        }
        catch (Exception failed) when (failed is IOException or ObjectDisposedException)
        {
            // The disk has failed, or the broker was closed while something fell due. What was done is not undone: nothing that comes of
            // it is ever acknowledged, and a new start reads what was.
            Logged(Task.FromException(failed));
            other?.Logged(Task.FromException(failed));
            throw LogFailure.Of(failed);
        }
    }

    private ShardStep NextStep() => new(Number, ++Steps, _changes);

    private void Logged(Task logged)
    {
        _changes.Clear();
        Volatile.Write(ref _logged, logged);
    }

    /// <summary>The time a gate is held, or two.</summary>
    internal readonly ref struct Step(EntityShard shard, EntityShard? other)
    {
        public void Dispose()
        {
            try
            {
                shard.Write(other);
            }
            finally
            {
                other?.Gate.Exit();
                shard.Gate.Exit();
            }
        }
    }
}
