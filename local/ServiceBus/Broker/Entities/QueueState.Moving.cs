namespace EventFunctions.Local.ServiceBus;

/// <summary>How messages go from one place to the next.</summary>
internal sealed partial class QueueState
{
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
}
