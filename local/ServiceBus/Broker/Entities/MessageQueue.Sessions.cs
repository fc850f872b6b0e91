namespace EventFunctions.Local.ServiceBus;

internal sealed partial class MessageQueue
{
    /// <summary>Takes hold of the session that has waited longest for a holder, or waits for one.</summary>
    public async ValueTask<AcceptOutcome> AcceptNextSessionAsync(TimeSpan maxWait, Cancellation cancellation)
    {
        AcceptOutcome? outcome = null;
        WaitList<ValueTuple, AcceptOutcome>.Waiter? waiter = null;
        using (Shard.Enter())
        {
            cancellation.ThrowIfRequested();
            var now = Shard.Now();
            Times.AccessedAt = now;
            Expire(now);
            if (WhyNotReceive is { } why)
            {
                outcome = new AcceptOutcome.Unavailable(why);
            }
            else if (NextSession(now) is { } session)
            {
                outcome = new AcceptOutcome.Accepted(Hold(session.Id, now));
            }
            else if (maxWait <= TimeSpan.Zero)
            {
                outcome = new AcceptOutcome.NoneAvailable();
            }
            else
            {
                waiter = _acceptors.Join(default, cancellation);
            }

            Finish(now);
        }

        outcome ??= await _acceptors.WaitAsync(waiter!, new AcceptOutcome.NoneAvailable(), maxWait);
        await HandedOverAsync();
        return outcome;
    }

    /// <summary>Takes hold of one session, which need not have any messages.</summary>
    public async ValueTask<AcceptOutcome> AcceptSessionAsync(string sessionId, Cancellation cancellation)
    {
        AcceptOutcome outcome;
        using (Shard.Enter())
        {
            cancellation.ThrowIfRequested();
            var now = Shard.Now();
            Times.AccessedAt = now;
            Expire(now);
            outcome = WhyNotReceive is { } why ? new AcceptOutcome.Unavailable(why)
                : State.Sessions.Find(sessionId) is { LockToken: not null }
                ? new AcceptOutcome.HeldElsewhere()
                : new AcceptOutcome.Accepted(Hold(sessionId, now));
            Finish(now);
        }

        await HandedOverAsync();
        return outcome;
    }

    /// <summary>Gives the holder, and every message it holds, another whole lock duration from now.</summary>
    public ValueTask<LockOutcome> RenewSessionAsync(SessionHold hold, CancellationToken cancellationToken) =>
        WithSessionAsync(hold, (session, now) =>
        {
            var until = now + Settings.LockDuration;
            Commit(new QueueRecord.SessionLockRenewed(session.Id, until));
            return new LockOutcome.Done(until);
        }, cancellationToken);

    /// <summary>Lets go of a session. Messages it held come back as if they had not been delivered.</summary>
    public ValueTask<LockOutcome> ReleaseSessionAsync(SessionHold hold, CancellationToken cancellationToken) =>
        WithSessionAsync(hold, (session, now) =>
        {
            EndSession(session, countsAsDelivery: false);
            return new LockOutcome.Done(now);
        }, cancellationToken);

    /// <summary>Replaces the session's state; none clears it.</summary>
    public ValueTask<LockOutcome> SetSessionStateAsync(
        SessionHold hold, ReadOnlyMemory<byte>? state, CancellationToken cancellationToken) =>
        WithSessionAsync(hold, (session, now) =>
        {
            if (state?.Length > Settings.MaxMessageSizeInBytes)
            {
                return new LockOutcome.StateTooLarge(state.Value.Length, Settings.MaxMessageSizeInBytes);
            }

            Commit(new QueueRecord.SessionStateSet(session.Id, state, now));
            return new LockOutcome.Done(session.LockedUntil);
        }, cancellationToken);

    /// <summary>Reads the session's state.</summary>
    public async ValueTask<(LockOutcome Outcome, ReadOnlyMemory<byte>? State)> GetSessionStateAsync(
        SessionHold hold, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? state = null;
        var outcome = await WithSessionAsync(hold, (session, _) =>
        {
            state = session.State;
            return new LockOutcome.Done(session.LockedUntil);
        }, cancellationToken);
        return (outcome, state);
    }

    private async ValueTask<LockOutcome> WithSessionAsync(
        SessionHold hold, Func<SessionEntry, DateTimeOffset, LockOutcome> operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LockOutcome outcome;
        using (Shard.Enter())
        {
            var now = Shard.Now();
            Times.AccessedAt = now;
            Expire(now);
            outcome = IsDeleted ? new LockOutcome.Unavailable(Unavailability.Deleted)
                : HeldSession(hold) is { } session ? operation(session, now)
                : new LockOutcome.SessionLockLost();
            Finish(now);
        }

        await Shard.LoggedAsync(cancellationToken);
        return outcome;
    }

    private SessionEntry? HeldSession(SessionHold hold) =>
        State.Sessions.Find(hold.SessionId) is { } session && session.LockToken == hold.LockToken ? session : null;

    private SessionEntry? NextSession(DateTimeOffset now)
    {
        while (State.Sessions.FirstInLine is { } session)
        {
            if (FirstAlive(session.Available, now) is not null)
            {
                return session;
            }

            // All it had is expired and gone, and with that it left the line.
        }

        return null;
    }

    private SessionHold Hold(string sessionId, DateTimeOffset now)
    {
        var hold = new SessionHold(sessionId, Shard.NewLockToken(), now + Settings.LockDuration);
        Commit(new QueueRecord.SessionLocked(sessionId, hold.LockToken, hold.LockedUntil));
        _holders.Add(sessionId, new WaitList<ReceiveRequest, ReceiveOutcome>(Shard));
        return hold;
    }

    private void EndSession(SessionEntry session, bool countsAsDelivery)
    {
        while (session.Held.First is { } held)
        {
            Commit(countsAsDelivery
                ? QueueDecisions.Release(held.Value.Message, null, Settings, NextDeadLetterNumber)
                : new QueueRecord.Released(held.Value.Message.SequenceNumber, CountsAsDelivery: false, Changes: null));
        }

        _leaving.Remove(session.Id);
        Commit(new QueueRecord.SessionReleased(session.Id));
        if (_holders.Remove(session.Id, out var line))
        {
            line.ResolveAll(new ReceiveOutcome.SessionLockLost());
        }
    }
}
