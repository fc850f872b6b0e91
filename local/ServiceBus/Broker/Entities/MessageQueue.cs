namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// A queue, a subscription, or the dead-letter queue of either, as receivers see it. Each operation decides under the shard's
/// gate, logs and applies one record per change, hands what became available to those who wait, and returns once it is logged.
/// </summary>
internal sealed partial class MessageQueue
{
    private readonly EntityAddress _address;
    private readonly WaitList<ReceiveRequest, ReceiveOutcome> _receivers;
    private readonly WaitList<ValueTuple, AcceptOutcome> _acceptors;
    private readonly Dictionary<string, WaitList<ReceiveRequest, ReceiveOutcome>> _holders = new(StringComparer.Ordinal);

    /// <summary>Holders of drained sessions who would rather have another one, the longest idle first.</summary>
    private readonly WaitList<ReceiveRequest, ReceiveOutcome> _idle;

    /// <summary>Sessions whose holders were asked to let go of them and have not yet done so.</summary>
    private readonly HashSet<string> _leaving = new(StringComparer.Ordinal);

    /// <summary>A queue or subscription, with its sub-queues.</summary>
    /// <param name="settings">The rules it goes by.</param>
    /// <param name="shard">What it changes together with.</param>
    /// <param name="number">The number of its entity.</param>
    /// <param name="createdAt">When the entity was made.</param>
    public MessageQueue(QueueSettings settings, EntityShard shard, uint number = 0, DateTimeOffset createdAt = default)
        : this(settings, shard, new EntityAddress(number), new EntityTimes(createdAt), hasSubQueues: true)
    {
    }

    private MessageQueue(QueueSettings settings, EntityShard shard, EntityAddress address, EntityTimes times, bool hasSubQueues)
    {
        _address = address;
        Shard = shard;
        Times = times;
        if (hasSubQueues)
        {
            DeadLetterQueue = new MessageQueue(
                settings.ForDeadLetterQueue(), shard, address with { Part = EntityPart.DeadLetter }, times, hasSubQueues: false);
            TransferDeadLetterQueue = new MessageQueue(
                settings.ForTransferDeadLetterQueue(), shard, address with { Part = EntityPart.TransferDeadLetter }, times, hasSubQueues: false);
        }

        State = new QueueState(settings, DeadLetterQueue?.State, shard.Meter, shard.Messages);
        _receivers = new(shard);
        _acceptors = new(shard);
        _idle = new(shard);
        shard.Add(this);
    }

    /// <summary>The rules it goes by now.</summary>
    public QueueSettings Settings => State.Settings;

    public EntityShard Shard { get; }

    public MessageQueue? DeadLetterQueue { get; }

    /// <summary>
    /// For messages that another entity could not be handed in a transaction (Microsoft Learn, "Overview of Service Bus dead-letter
    /// queues"). There are no transactions here, so it stays empty; what can't be forwarded is in the dead-letter queue.
    /// </summary>
    public MessageQueue? TransferDeadLetterQueue { get; }

    /// <summary>When it was made, changed and used; sub-queues share it.</summary>
    public EntityTimes Times { get; }

    /// <summary>Whether it was deleted.</summary>
    public bool IsDeleted { get; private set; }

    public QueueState State { get; private set; }

    public string Path => Settings.Path;

    /// <inheritdoc />
    public DateTimeOffset NextDue
    {
        get
        {
            var due = State.Locks.First?.Value.LockedUntil ?? DateTimeOffset.MaxValue;
            due = State.Sessions.Locks.First?.Value.LockedUntil is { } session && session < due ? session : due;
            due = State.Schedule.NextDue is var scheduled && scheduled < due ? scheduled : due;
            return _forwardAt > DateTimeOffset.MinValue && _forwardAt < due ? _forwardAt : due;
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
        using (Shard.Enter())
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

    /// <summary>Hands over what became available. For a topic, after it put copies here; the gate is held.</summary>
    public void Finish(DateTimeOffset now)
    {
        Pump(now);
        DeadLetterQueue?.Pump(now);
        TransferDeadLetterQueue?.Pump(now);
        Shard.Arm(NextDue);
    }

    private void Expire(DateTimeOffset now)
    {
        State.Duplicates?.ForgetBefore(now);
        EndLocks(now);
        while (State.Schedule.First is { } scheduled && scheduled.DueAt <= now)
        {
            Commit(new QueueRecord.Activated(
                scheduled.SequenceNumber,
                State.LastSequenceNumber + 1,
                scheduled.DueAt,
                scheduled.Message.ExpiresAt(scheduled.DueAt, Settings.DefaultTimeToLive)));
        }
    }

    private void EndLocks(DateTimeOffset until)
    {
        while (State.Locks.First is { } held && held.Value.LockedUntil <= until)
        {
            Commit(QueueDecisions.Release(held.Value.Message, null, Settings, NextDeadLetterNumber));
        }

        while (State.Sessions.Locks.First is { } session && session.Value.LockedUntil <= until)
        {
            EndSession(session.Value, countsAsDelivery: true);
        }
    }

    private long NextDeadLetterNumber => DeadLetterQueue is null ? 0 : DeadLetterQueue.State.LastSequenceNumber + 1;

    private void Commit(QueueRecord record)
    {
        Shard.Note(_address, record);
        State.Apply(record);
    }
}
