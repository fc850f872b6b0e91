namespace EventFunctions.Local.ServiceBus;

internal sealed partial class QueueState
{
    /// <summary>What it holds now. The note holds its messages too, and is to be released under the gate.</summary>
    public QueueNote Note() => new(
        LastSequenceNumber,
        Duplicates?.All.ToArray() ?? [],
        Schedule.From(0).ToArray(),
        Sessions.InLineFirst.Select(s => new SessionNote(s.Id, s.LockToken, s.LockedUntil, s.State, s.StateSetAt)).ToArray(),
        Messages.From(0).Select(NoteOf).ToArray());

    /// <summary>Takes over what a snapshot holds, the note's hold on its messages included; it holds nothing yet.</summary>
    public void Load(QueueNote note)
    {
        LastSequenceNumber = note.LastSequenceNumber;
        foreach (var (messageId, number, at) in note.Duplicates)
        {
            Duplicates?.Remember(messageId, number, at);
        }

        foreach (var scheduled in note.Scheduled)
        {
            AddScheduled(scheduled);
        }

        foreach (var session in note.Sessions)
        {
            var entry = Sessions.Get(session.Id);
            SetSessionState(entry, session.State, session.StateSetAt);
            (entry.LockToken, entry.LockedUntil) = (session.LockToken, session.LockedUntil);
        }

        foreach (var message in note.Messages)
        {
            Load(message);
        }

        // Lists of locks are kept by their end; messages come by their number.
        foreach (var message in note.Messages.Where(m => m.Place == MessagePlace.Locked).OrderBy(m => m.LockedUntil))
        {
            AddLock(new MessageLock(Known(message.SequenceNumber), message.LockToken, message.LockedUntil));
        }

        foreach (var session in note.Sessions.OrderBy(s => s.LockedUntil).Where(s => s.LockToken is not null).Select(s => KnownSession(s.Id)))
        {
            session.LockNode = new LinkedListNode<SessionEntry>(session);
            Sessions.Locks.Insert(session.LockNode);
        }

        foreach (var session in note.Sessions)
        {
            Sessions.Changed(KnownSession(session.Id));
        }
    }

    private static MessageNote NoteOf(StoredMessage m) => new(
        m.SequenceNumber,
        m.EnqueuedSequenceNumber,
        m.Message.Hold(),
        m.Session?.Id,
        m.EnqueuedAt,
        m.ExpiresAt,
        m.DeadLetterSource,
        m.DeliveryCount,
        m.Place,
        m.IsDeferred,
        m.Lock?.Token ?? Guid.Empty,
        m.Lock?.LockedUntil ?? default);

    private void Load(MessageNote note)
    {
        var message = new StoredMessage
        {
            SequenceNumber = note.SequenceNumber,
            EnqueuedSequenceNumber = note.EnqueuedSequenceNumber,
            Message = note.Message,
            EnqueuedAt = note.EnqueuedAt,
            ExpiresAt = note.ExpiresAt,
            DeadLetterSource = note.DeadLetterSource,
            DeliveryCount = note.DeliveryCount,
            Place = note.Place,
            IsDeferred = note.IsDeferred,
            Session = Settings.RequiresSession ? Sessions.Get(note.SessionId!) : null,
        };
        Messages.Add(message);
        Measure(message.Message.Size);
        _counts[(int)message.Place]++;
        if (message.Session is not null)
        {
            message.Session.MessageCount++;
        }

        if (message.Place == MessagePlace.Available)
        {
            (message.Session?.Available ?? Available).Add(message);
        }
    }
}
