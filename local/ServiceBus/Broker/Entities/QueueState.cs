namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Everything one queue-like entity knows. <see cref="Apply"/> is the only way it changes, now and when a log is read again;
/// deciding what is to happen is not done here.
/// </summary>
internal sealed class QueueState(QueueSettings settings, QueueState? deadLetters)
{
    private readonly long[] _counts = new long[(int)MessagePlace.Gone];

    public SequenceIndex Messages { get; } = new();

    /// <summary>Ready for delivery, in an entity without sessions.</summary>
    public AvailableMessages Available { get; } = new();

    public SessionIndex Sessions { get; } = new();

    public Dictionary<Guid, StoredMessage> Locked { get; } = [];

    /// <summary>Messages locked one by one, by the end of their lock: as all locks last equally long, in the order of locking.</summary>
    public LinkedList<StoredMessage> Locks { get; } = new();

    public Schedule Schedule { get; } = new();

    public DuplicateHistory? Duplicates { get; } = settings.DuplicateWindow is { } window ? new DuplicateHistory(window) : null;

    public long LastSequenceNumber { get; private set; }

    public long CountOf(MessagePlace place) => place == MessagePlace.Scheduled ? Schedule.Count : _counts[(int)place];

    public void Apply(QueueRecord record)
    {
        switch (record)
        {
            case QueueRecord.Enqueued r:
                Duplicates?.Remember(r.Message.MessageId, r.SequenceNumber, r.At);
                Enqueue(Stored(r.SequenceNumber, r.EnqueuedSequenceNumber, r.Message, r.At, r.ExpiresAt));
                break;
            case QueueRecord.Scheduled r:
                LastSequenceNumber = r.SequenceNumber;
                Duplicates?.Remember(r.Message.MessageId, r.SequenceNumber, r.At);
                Schedule.Add(r.SequenceNumber, r.Message, r.DueAt);
                break;
            case QueueRecord.ScheduleCancelled r:
                Schedule.Take(r.SequenceNumber);
                break;
            case QueueRecord.Activated r:
                Enqueue(Stored(r.NewSequenceNumber, r.NewSequenceNumber, Schedule.Take(r.SequenceNumber), r.At, r.ExpiresAt));
                break;
            case QueueRecord.Locked r:
                Lock(Known(r.SequenceNumber), r.LockToken, r.Until);
                break;
            case QueueRecord.LockRenewed r:
                RenewLock(Known(r.SequenceNumber), r.Until);
                break;
            case QueueRecord.Released r:
                Release(Known(r.SequenceNumber), r.CountsAsDelivery, r.Changes);
                break;
            case QueueRecord.Deferred r:
                Defer(Known(r.SequenceNumber), r.Changes);
                break;
            case QueueRecord.Removed r:
                Remove(Known(r.SequenceNumber));
                break;
            case QueueRecord.DeadLettered r:
                DeadLetter(Known(r.SequenceNumber), r);
                break;
            case QueueRecord.SessionLocked r:
                LockSession(Sessions.Get(r.SessionId), r.LockToken, r.Until);
                break;
            case QueueRecord.SessionLockRenewed r:
                RenewSession(KnownSession(r.SessionId), r.Until);
                break;
            case QueueRecord.SessionReleased r:
                ReleaseSession(KnownSession(r.SessionId));
                break;
            case QueueRecord.SessionStateSet r:
                KnownSession(r.SessionId).State = r.State;
                break;
            default:
                throw new InvalidOperationException($"A queue has no record {record.GetType().Name}.");
        }
    }

    /// <summary>Puts a message at the end. For a topic, whose own record stands for the copies in its subscriptions.</summary>
    public void Enqueue(StoredMessage message)
    {
        LastSequenceNumber = message.SequenceNumber;
        Messages.Add(message);
        _counts[(int)MessagePlace.Available]++;
        if (SessionOf(message) is { } session)
        {
            session.MessageCount++;
            session.Available.Add(message);
            Sessions.Changed(session);
        }
        else
        {
            Available.Add(message);
        }
    }

    public SessionEntry? SessionOf(StoredMessage message) =>
        settings.RequiresSession ? Sessions.Get(message.Message.SessionId!) : null;

    private static StoredMessage Stored(long number, long enqueuedNumber, BrokerMessage message, DateTimeOffset at, DateTimeOffset expiresAt) =>
        new() { SequenceNumber = number, EnqueuedSequenceNumber = enqueuedNumber, Message = message, EnqueuedAt = at, ExpiresAt = expiresAt };

    private void Lock(StoredMessage message, Guid token, DateTimeOffset until)
    {
        var session = SessionOf(message);
        if (message.Place == MessagePlace.Available)
        {
            (session?.Available ?? Available).TakeHead(message);
        }

        Move(message, MessagePlace.Locked);
        message.LockToken = token;
        message.LockedUntil = until;
        message.LockNode = (session?.Held ?? Locks).AddLast(message);
        Locked.Add(token, message);
    }

    private void RenewLock(StoredMessage message, DateTimeOffset until)
    {
        message.LockedUntil = until;
        Locks.Remove(message.LockNode!);
        Locks.AddLast(message.LockNode!);
    }

    private void Release(StoredMessage message, bool countsAsDelivery, IReadOnlyDictionary<string, object>? changes)
    {
        message.Message = message.Message.WithProperties(changes);
        message.DeliveryCount += countsAsDelivery ? 1 : 0;
        Unlock(message);
        if (message.IsDeferred)
        {
            Move(message, MessagePlace.Deferred);
            return;
        }

        Move(message, MessagePlace.Available);
        if (SessionOf(message) is { } session)
        {
            session.Available.Return(message);
            Sessions.Changed(session);
        }
        else
        {
            Available.Return(message);
        }
    }

    private void Defer(StoredMessage message, IReadOnlyDictionary<string, object>? changes)
    {
        message.Message = message.Message.WithProperties(changes);
        message.IsDeferred = true;
        Unlock(message);
        Move(message, MessagePlace.Deferred);
    }

    private void Remove(StoredMessage message)
    {
        var session = SessionOf(message);
        switch (message.Place)
        {
            case MessagePlace.Available:
                (session?.Available ?? Available).TakeHead(message);
                break;
            case MessagePlace.Locked:
                Unlock(message);
                break;
        }

        Move(message, MessagePlace.Gone);
        Messages.Remove(message);
        if (session is not null)
        {
            session.MessageCount--;
            Sessions.Changed(session);
        }
    }

    private void DeadLetter(StoredMessage message, QueueRecord.DeadLettered record)
    {
        Remove(message);
        deadLetters!.Enqueue(new StoredMessage
        {
            SequenceNumber = record.DeadLetterSequenceNumber,
            EnqueuedSequenceNumber = message.EnqueuedSequenceNumber,
            Message = message.Message.WithProperties(record.Changes),
            EnqueuedAt = message.EnqueuedAt,
            ExpiresAt = DateTimeOffset.MaxValue,
            DeadLetterSource = settings.Path,
            DeliveryCount = record.DeliveryCount,
        });
    }

    private void Unlock(StoredMessage message)
    {
        Locked.Remove(message.LockToken);
        message.LockNode!.List!.Remove(message.LockNode);
        message.LockNode = null;
        message.LockToken = Guid.Empty;
    }

    private void LockSession(SessionEntry session, Guid token, DateTimeOffset until)
    {
        session.LockToken = token;
        session.LockedUntil = until;
        session.LockNode = Sessions.Locks.AddLast(session);
        Sessions.Changed(session);
    }

    private void RenewSession(SessionEntry session, DateTimeOffset until)
    {
        session.LockedUntil = until;
        Sessions.Locks.Remove(session.LockNode!);
        Sessions.Locks.AddLast(session.LockNode!);
        foreach (var message in session.Held)
        {
            message.LockedUntil = until;
        }
    }

    private void ReleaseSession(SessionEntry session)
    {
        Sessions.Locks.Remove(session.LockNode!);
        session.LockNode = null;
        session.LockToken = null;
        Sessions.Changed(session);
    }

    private void Move(StoredMessage message, MessagePlace place)
    {
        _counts[(int)message.Place]--;
        message.Place = place;
        if (place != MessagePlace.Gone)
        {
            _counts[(int)place]++;
        }
    }

    private StoredMessage Known(long sequenceNumber) =>
        Messages.Find(sequenceNumber) ?? throw new InvalidOperationException($"{settings.Path} has no message {sequenceNumber}.");

    private SessionEntry KnownSession(string id) =>
        Sessions.Find(id) ?? throw new InvalidOperationException($"{settings.Path} has no session '{id}'.");
}
