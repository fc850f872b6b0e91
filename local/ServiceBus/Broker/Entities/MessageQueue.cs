namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// A queue, a subscription, or the dead-letter queue of either, as receivers see it. Each operation decides under the shard's
/// gate, logs and applies one record per change, hands what became available to those who wait, and returns once it is logged.
/// </summary>
internal sealed partial class MessageQueue : IDueWork
{
    private readonly WaitList<ReceiveRequest, ReceiveOutcome> _receivers;
    private readonly WaitList<ValueTuple, AcceptOutcome> _acceptors;
    private readonly Dictionary<string, WaitList<ReceiveRequest, ReceiveOutcome>> _holders = new(StringComparer.Ordinal);

    /// <summary>Holders of drained sessions who would rather have another one, the longest idle first.</summary>
    private readonly WaitList<ReceiveRequest, ReceiveOutcome> _idle;

    /// <summary>Sessions whose holders were asked to let go of them and have not yet done so.</summary>
    private readonly HashSet<string> _leaving = new(StringComparer.Ordinal);

    public MessageQueue(QueueSettings settings, EntityShard shard)
        : this(settings, shard, new MessageQueue(settings.ForDeadLetterQueue(), shard, null))
    {
    }

    private MessageQueue(QueueSettings settings, EntityShard shard, MessageQueue? deadLetterQueue)
    {
        Settings = settings;
        Shard = shard;
        DeadLetterQueue = deadLetterQueue;
        State = new QueueState(settings, deadLetterQueue?.State);
        _receivers = new(shard);
        _acceptors = new(shard);
        _idle = new(shard);
        shard.Add(this);
    }

    public QueueSettings Settings { get; }

    public EntityShard Shard { get; }

    public MessageQueue? DeadLetterQueue { get; }

    public QueueState State { get; }

    public string Path => Settings.Path;

    /// <inheritdoc />
    public DateTimeOffset NextDue
    {
        get
        {
            var due = State.Locks.First?.Value.LockedUntil ?? DateTimeOffset.MaxValue;
            due = State.Sessions.Locks.First?.Value.LockedUntil is { } session && session < due ? session : due;
            return State.Schedule.TryFirst(out _, out _, out var scheduled) && scheduled < due ? scheduled : due;
        }
    }

    /// <inheritdoc />
    public void RunDue(DateTimeOffset now)
    {
        Expire(now);
        Finish(now);
    }

    /// <summary>How many messages are where.</summary>
    public SubscriptionCounts Counts()
    {
        lock (Shard.Gate)
        {
            Expire(Shard.Now());
            var scheduled = State.CountOf(MessagePlace.Scheduled);
            var dead = DeadLetterQueue?.State.Messages.Count ?? 0;
            return new SubscriptionCounts(
                State.CountOf(MessagePlace.Available),
                State.CountOf(MessagePlace.Locked),
                State.CountOf(MessagePlace.Deferred),
                scheduled,
                dead,
                State.Messages.Count + scheduled + dead);
        }
    }

    /// <summary>Messages from a number on, in order, whatever their place; nothing is locked or counted.</summary>
    public IReadOnlyList<Delivery> Peek(long fromSequenceNumber, int maxMessages, string? sessionId)
    {
        lock (Shard.Gate)
        {
            Expire(Shard.Now());
            return State.Messages.From(fromSequenceNumber)
                .Select(m => Delivery.Of(m, m.Place, withLock: false))
                .Where(InSession)
                .Take(maxMessages)
                .Concat(State.Schedule.From(fromSequenceNumber).Where(InSession).Take(maxMessages))
                .OrderBy(d => d.SequenceNumber)
                .Take(maxMessages)
                .ToList();
        }

        bool InSession(Delivery delivery) => sessionId is null || delivery.Message.SessionId == sessionId;
    }

    /// <summary>Hands over what became available. For a topic, after it put copies here; the gate is held.</summary>
    public void Finish(DateTimeOffset now)
    {
        Pump(now);
        DeadLetterQueue?.Pump(now);
        Shard.Arm(NextDue);
    }

    private void Expire(DateTimeOffset now)
    {
        State.Duplicates?.ForgetBefore(now);
        while (State.Locks.First is { } message && message.Value.LockedUntil <= now)
        {
            Commit(QueueDecisions.Release(message.Value, null, Settings, NextDeadLetterNumber));
        }

        while (State.Sessions.Locks.First is { } session && session.Value.LockedUntil <= now)
        {
            EndSession(session.Value, countsAsDelivery: true);
        }

        while (State.Schedule.TryFirst(out var number, out var scheduled, out var dueAt) && dueAt <= now)
        {
            Commit(new QueueRecord.Activated(
                number, State.LastSequenceNumber + 1, dueAt, scheduled.ExpiresAt(dueAt, Settings.DefaultTimeToLive)));
        }
    }

    private long NextDeadLetterNumber => DeadLetterQueue is null ? 0 : DeadLetterQueue.State.LastSequenceNumber + 1;

    private void Commit(QueueRecord record)
    {
        Shard.Append(Path, record);
        State.Apply(record);
    }
}
