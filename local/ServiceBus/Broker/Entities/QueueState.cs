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

    private StoredMessage Known(long sequenceNumber) =>
        Messages.Find(sequenceNumber) ?? throw new InvalidOperationException($"{Settings.Path} has no message {sequenceNumber}.");
}
