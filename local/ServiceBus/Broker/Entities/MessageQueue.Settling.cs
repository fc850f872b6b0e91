namespace EventFunctions.Local.ServiceBus;

internal sealed partial class MessageQueue
{
    /// <summary>Settles a message its receiver still holds.</summary>
    public async ValueTask<LockOutcome> SettleAsync(
        Guid lockToken, Settlement settlement, SessionHold? hold, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcome = WithLock(lockToken, hold, (message, now) =>
        {
            if (settlement is Settlement.DeadLetter && DeadLetterQueue is null)
            {
                return new LockOutcome.AlreadyDeadLettered();
            }

            if (Changes(settlement) is { Count: > 0 } changes && SendRules.ProblemOf(message.Message.Read(), changes) is { } problem)
            {
                return new LockOutcome.PropertiesInvalid(problem);
            }

            Commit(QueueDecisions.Settle(message, settlement, Settings, NextDeadLetterNumber));
            return new LockOutcome.Done(now);
        });
        await Shard.LoggedAsync(cancellationToken);
        return outcome;
    }

    /// <summary>Gives a message's receiver another whole lock duration from now.</summary>
    public async ValueTask<LockOutcome> RenewAsync(Guid lockToken, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcome = WithLock(lockToken, null, (message, now) =>
        {
            if (Settings.RequiresSession)
            {
                return new LockOutcome.LockedBySession();
            }

            var until = now + Settings.LockDuration;
            Commit(new QueueRecord.LockRenewed(message.SequenceNumber, until));
            return new LockOutcome.Done(until);
        });
        await Shard.LoggedAsync(cancellationToken);
        return outcome;
    }

    private static IReadOnlyDictionary<string, object>? Changes(Settlement settlement) => settlement switch
    {
        Settlement.Abandon abandon => abandon.Changes,
        Settlement.Defer defer => defer.Changes,
        Settlement.DeadLetter { Changes: null, Reason: null, Description: null } => null,
        Settlement.DeadLetter dead => DeadLetterReasons.Properties(dead.Reason, dead.Description, dead.Changes),
        _ => null,
    };

    private LockOutcome WithLock(Guid lockToken, SessionHold? hold, Func<StoredMessage, DateTimeOffset, LockOutcome> change)
    {
        using (Shard.Enter())
        {
            var now = Shard.Now();
            Times.AccessedAt = now;
            Expire(now);
            LockOutcome outcome;
            if (IsDeleted)
            {
                return new LockOutcome.Unavailable(Unavailability.Deleted);
            }

            if (hold is not null && HeldSession(hold) is null)
            {
                outcome = new LockOutcome.SessionLockLost();
            }
            else
            {
                outcome = State.Locked.TryGetValue(lockToken, out var held)
                    ? change(held.Message, now)
                    : new LockOutcome.MessageLockLost();
            }

            NoteIdle(hold);
            Finish(now);
            return outcome;
        }
    }

    /// <summary>A holder that waits for more and has just settled all it had is idle from now on. The gate is held.</summary>
    private void NoteIdle(SessionHold? hold)
    {
        if (hold is not null
            && State.Sessions.Find(hold.SessionId) is { Held.Count: 0 }
            && _holders.TryGetValue(hold.SessionId, out var line))
        {
            line.JoinAlso(_idle, static request => request.IdleIn is not null);
        }
    }
}
