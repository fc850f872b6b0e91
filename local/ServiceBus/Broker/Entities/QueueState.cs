namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Everything one queue-like entity knows. <see cref="Apply"/> is the only way it changes, now and when a log is read again;
/// deciding what is to happen is not done here.
/// </summary>
internal sealed partial class QueueState(QueueSettings settings, QueueState? deadLetters, StorageMeter meter, MessageStore store)
{
    private readonly long[] _counts = new long[(int)MessagePlace.Gone];

    /// <summary>The rules it goes by; path, sessions and duplicate detection stay as they are.</summary>
    public QueueSettings Settings { get; private set; } = settings;

    public SequenceIndex<StoredMessage> Messages { get; } = new();

    /// <summary>Ready for delivery, in an entity without sessions.</summary>
    public AvailableMessages Available { get; } = new();

    public SessionIndex Sessions { get; } = new();

    public Dictionary<Guid, MessageLock> Locked { get; } = [];

    /// <summary>Messages locked one by one, by the end of their lock, earliest first.</summary>
    public LinkedList<MessageLock> Locks { get; } = new();

    public Schedule Schedule { get; } = new();

    public DuplicateHistory? Duplicates { get; } = settings.DuplicateWindow is { } window ? new DuplicateHistory(window) : null;

    public long LastSequenceNumber { get; private set; }

    /// <summary>What its messages take, in bytes, scheduled ones included.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes on other rules.</summary>
    public void Become(QueueSettings settings)
    {
        Settings = settings;
        if (settings.DuplicateWindow is { } window && Duplicates is not null)
        {
            Duplicates.Window = window;
        }
    }

    public long CountOf(MessagePlace place) => place == MessagePlace.Scheduled ? Schedule.Count : _counts[(int)place];

    public void Apply(QueueRecord record)
    {
        switch (record)
        {
            case QueueRecord.Enqueued r:
                Duplicates?.Remember(r.Message.MessageId, r.SequenceNumber, r.At);
                Enqueue(Stored(r.SequenceNumber, r.EnqueuedSequenceNumber, r.Message, r.At, r.ExpiresAt), r.Message.SessionId);
                break;
            case QueueRecord.Scheduled r:
                LastSequenceNumber = r.SequenceNumber;
                Duplicates?.Remember(r.Message.MessageId, r.SequenceNumber, r.At);
                AddScheduled(new ScheduledMessage(r.SequenceNumber, r.Message, r.DueAt, MessageSize.Of(r.Message)));
                break;
            case QueueRecord.ScheduleCancelled r:
                TakeScheduled(r.SequenceNumber);
                break;
            case QueueRecord.Activated r:
                var due = TakeScheduled(r.SequenceNumber);
                Enqueue(Stored(r.NewSequenceNumber, r.NewSequenceNumber, due, r.At, r.ExpiresAt), due.SessionId);
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
                SetSessionState(KnownSession(r.SessionId), r.State, r.At);
                break;
            default:
                throw new InvalidOperationException($"A queue has no record {record.GetType().Name}.");
        }
    }

    /// <summary>Puts a message at the end. For a topic, whose own record stands for the copies in its subscriptions.</summary>
    public void Enqueue(StoredMessage message, string? sessionId)
    {
        LastSequenceNumber = message.SequenceNumber;
        Messages.Add(message);
        _counts[(int)MessagePlace.Available]++;
        Measure(message.Message.Size);
        if (Settings.RequiresSession)
        {
            var session = Sessions.Get(sessionId!);
            message.Session = session;
            session.MessageCount++;
            session.Available.Add(message);
            Sessions.Changed(session);
        }
        else
        {
            Available.Add(message);
        }
    }

    /// <summary>Lets go of all its messages; it is of no use afterwards.</summary>
    public void Release()
    {
        foreach (var message in Messages.From(0))
        {
            message.Message.Release();
        }
    }

    private StoredMessage Stored(long number, long enqueuedNumber, BrokerMessage message, DateTimeOffset at, DateTimeOffset expiresAt) => new()
    {
        SequenceNumber = number,
        EnqueuedSequenceNumber = message.Forwarding?.EnqueuedSequenceNumber ?? enqueuedNumber,
        Message = store.Keep(message),
        EnqueuedAt = at,
        ExpiresAt = expiresAt,
        DeadLetterSource = message.Forwarding?.DeadLetterSource,
    };

    private void AddScheduled(ScheduledMessage message)
    {
        Schedule.Add(message);
        Measure(message.Size);
    }

    private BrokerMessage TakeScheduled(long sequenceNumber)
    {
        var message = Schedule.Take(sequenceNumber);
        Measure(-message.Size);
        return message.Message;
    }

    private void Measure(long bytes)
    {
        Bytes += bytes;
        meter.Add(bytes);
    }

    private void Lock(StoredMessage message, Guid token, DateTimeOffset until)
    {
        if (message.Place == MessagePlace.Available)
        {
            (message.Session?.Available ?? Available).TakeHead(message);
        }

        Move(message, MessagePlace.Locked);
        AddLock(new MessageLock(message, token, until));
    }

    private void AddLock(MessageLock held)
    {
        held.Message.Lock = held;
        Locked.Add(held.Token, held);
        if (held.Message.Session is { } session)
        {
            session.Held.AddLast(held.Node);
        }
        else
        {
            Locks.Insert(held.Node);
        }
    }

    private void RenewLock(StoredMessage message, DateTimeOffset until)
    {
        var held = message.Lock!;
        held.LockedUntil = until;
        Locks.Remove(held.Node);
        Locks.Insert(held.Node);
    }

    private void Release(StoredMessage message, bool countsAsDelivery, IReadOnlyDictionary<string, object>? changes)
    {
        Change(message, changes);
        message.DeliveryCount += countsAsDelivery ? 1 : 0;
        Unlock(message);
        if (message.IsDeferred)
        {
            Move(message, MessagePlace.Deferred);
            return;
        }

        Move(message, MessagePlace.Available);
        if (message.Session is { } session)
        {
            session.Available.Return(message);
            Sessions.Changed(session);
        }
        else
        {
            Available.Return(message);
        }
    }

    private void Change(StoredMessage message, IReadOnlyDictionary<string, object>? changes)
    {
        if (changes is { Count: > 0 })
        {
            var changed = message.Message.Read().WithProperties(changes);
            Measure(-message.Message.Size);
            message.Message.Release();
            message.Message = store.Keep(changed);
            Measure(message.Message.Size);
        }
    }

    private void Defer(StoredMessage message, IReadOnlyDictionary<string, object>? changes)
    {
        Change(message, changes);
        message.IsDeferred = true;
        Unlock(message);
        Move(message, MessagePlace.Deferred);
    }

    private void Remove(StoredMessage message)
    {
        var session = message.Session;
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
        Measure(-message.Message.Size);
        message.Message.Release();
        if (session is not null)
        {
            session.MessageCount--;
            Sessions.Changed(session);
        }
    }

    private void DeadLetter(StoredMessage message, QueueRecord.DeadLettered record)
    {
        var dead = message.Message.Read().WithProperties(record.Changes);
        Remove(message);
        var stored = new StoredMessage
        {
            SequenceNumber = record.DeadLetterSequenceNumber,
            EnqueuedSequenceNumber = message.EnqueuedSequenceNumber,
            Message = store.Keep(dead),
            EnqueuedAt = message.EnqueuedAt,
            ExpiresAt = DateTimeOffset.MaxValue,
            DeadLetterSource = Settings.Path,
            DeliveryCount = record.DeliveryCount,
        };
        deadLetters!.Enqueue(stored, dead.SessionId);
    }

    private void Unlock(StoredMessage message)
    {
        var held = message.Lock!;
        Locked.Remove(held.Token);
        held.Node.List!.Remove(held.Node);
        message.Lock = null; // what is old and gone would keep it, though it is young
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
        Messages.Find(sequenceNumber) ?? throw new InvalidOperationException($"{Settings.Path} has no message {sequenceNumber}.");
}
