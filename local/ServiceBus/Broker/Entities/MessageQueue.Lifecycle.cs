namespace EventFunctions.Local.ServiceBus;

internal sealed partial class MessageQueue
{
    /// <summary>How many wait for something from it. The gate is held.</summary>
    public bool HasWaiters => _receivers.TryFirst(out _) || _acceptors.TryFirst(out _) || _holders.Values.Any(line => line.TryFirst(out _))
        || DeadLetterQueue?.HasWaiters == true || TransferDeadLetterQueue?.HasWaiters == true;

    private Unavailability? WhyNotSend =>
        IsDeleted ? Unavailability.Deleted
        : Settings.Status is EntityStatus.Disabled or EntityStatus.SendDisabled ? Unavailability.Disabled
        : null;

    private Unavailability? WhyNotReceive =>
        IsDeleted ? Unavailability.Deleted
        : Settings.Status is EntityStatus.Disabled or EntityStatus.ReceiveDisabled ? Unavailability.Disabled
        : Settings.ForwardTo is not null ? Unavailability.Forwarding
        : null;

    /// <summary>Goes by other rules from now on; who waits for what it gives no more is told. The gate is held.</summary>
    public void Become(QueueSettings settings)
    {
        State.Become(settings);
        DeadLetterQueue?.Become(settings.ForDeadLetterQueue());
        TransferDeadLetterQueue?.Become(settings.ForTransferDeadLetterQueue());
        if (WhyNotReceive is { } why)
        {
            SendAway(why);
        }
    }

    /// <summary>Ends with all its messages; whoever waits is told. The gate is held.</summary>
    public void End()
    {
        IsDeleted = true;
        Shard.Meter.Add(-State.Bytes);
        State.Release();
        State = new QueueState(Settings, deadLetters: null, Shard.Meter, Shard.Messages);
        Shard.Remove(this);
        SendAway(Unavailability.Deleted);
        DeadLetterQueue?.End();
        TransferDeadLetterQueue?.End();
    }

    /// <summary>After its state was read from a log: those who held sessions hold them still. The gate is held.</summary>
    public void Resume()
    {
        foreach (var session in State.Sessions.Locks)
        {
            _holders.Add(session.Id, new WaitList<ReceiveRequest, ReceiveOutcome>(Shard));
        }

        DeadLetterQueue?.Resume();
        TransferDeadLetterQueue?.Resume();
    }

    /// <summary>After that: those who held messages and sessions are gone. The gate is held.</summary>
    public void ReleaseLocks()
    {
        EndLocks(DateTimeOffset.MaxValue);
        DeadLetterQueue?.ReleaseLocks();
        TransferDeadLetterQueue?.ReleaseLocks();
    }

    private void SendAway(Unavailability why)
    {
        _receivers.ResolveAll(new ReceiveOutcome.Unavailable(why));
        _acceptors.ResolveAll(new AcceptOutcome.Unavailable(why));
        foreach (var line in _holders.Values)
        {
            line.ResolveAll(new ReceiveOutcome.Unavailable(why));
        }
    }
}
