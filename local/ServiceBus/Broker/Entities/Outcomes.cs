namespace EventFunctions.Local.ServiceBus;

/// <summary>What is asked of a queue by a receiver.</summary>
/// <param name="MaxMessages">The most it takes at once.</param>
/// <param name="Delete">Receive for good instead of locking.</param>
/// <param name="IdleIn">
/// The session the receiver holds, where it would rather let go of it than wait while another session has nobody.
/// </param>
internal sealed record ReceiveRequest(int MaxMessages, bool Delete, string? IdleIn = null);

/// <summary>The right to receive from a session.</summary>
/// <param name="SessionId">Which.</param>
/// <param name="LockToken">Tells this holder from earlier ones.</param>
/// <param name="LockedUntil">When the right ends unless renewed.</param>
internal sealed record SessionHold(string SessionId, Guid LockToken, DateTimeOffset LockedUntil);

/// <summary>What became of a try to receive.</summary>
internal abstract record ReceiveOutcome
{
    private ReceiveOutcome()
    {
    }

    public static ReceiveOutcome Nothing { get; } = new Received([]);

    /// <summary>Messages; none when the wait was over.</summary>
    public sealed record Received(IReadOnlyList<Delivery> Messages) : ReceiveOutcome;

    /// <summary>None: the session is drained, and the receiver is to let go of it because another one waits for a holder.</summary>
    public sealed record WantedElsewhere : ReceiveOutcome;

    /// <summary>The session is not, or no longer, the receiver's.</summary>
    public sealed record SessionLockLost : ReceiveOutcome;

    /// <summary>A number asked for is not that of a deferred message the receiver may have.</summary>
    public sealed record NotFound(long SequenceNumber) : ReceiveOutcome;

    /// <summary>Nothing can be received from the entity.</summary>
    public sealed record Unavailable(Unavailability Why) : ReceiveOutcome;
}

/// <summary>What a receiver wants to become of a message.</summary>
internal abstract record Settlement
{
    private Settlement()
    {
    }

    public sealed record Complete : Settlement;

    /// <summary>The receiver never had it: it comes back as if it had not been delivered.</summary>
    public sealed record Release : Settlement;

    public sealed record Abandon(IReadOnlyDictionary<string, object>? Changes) : Settlement;

    public sealed record Defer(IReadOnlyDictionary<string, object>? Changes) : Settlement;

    public sealed record DeadLetter(string? Reason, string? Description, IReadOnlyDictionary<string, object>? Changes) : Settlement;
}

/// <summary>What became of settling, renewing, or an operation on a session.</summary>
internal abstract record LockOutcome
{
    private LockOutcome()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="LockedUntil">The new end of a renewed lock.</param>
    public sealed record Done(DateTimeOffset LockedUntil) : LockOutcome;

    public sealed record MessageLockLost : LockOutcome;

    public sealed record SessionLockLost : LockOutcome;

    /// <summary>A dead-letter queue has no dead-letter queue.</summary>
    public sealed record AlreadyDeadLettered : LockOutcome;

    /// <summary>The message is locked with its session, and renewed with it.</summary>
    public sealed record LockedBySession : LockOutcome;

    /// <summary>The entity is gone, and all that was locked in it.</summary>
    public sealed record Unavailable(Unavailability Why) : LockOutcome;

    /// <summary>The session's state is larger than a message may be.</summary>
    public sealed record StateTooLarge(long Size, long Limit) : LockOutcome;

    /// <summary>The changed properties are larger than a message's may be.</summary>
    public sealed record PropertiesInvalid(string Problem) : LockOutcome;
}

/// <summary>What became of asking for a session.</summary>
internal abstract record AcceptOutcome
{
    private AcceptOutcome()
    {
    }

    public sealed record Accepted(SessionHold Hold) : AcceptOutcome;

    public sealed record HeldElsewhere : AcceptOutcome;

    public sealed record NoneAvailable : AcceptOutcome;

    /// <summary>Nothing can be received from the entity.</summary>
    public sealed record Unavailable(Unavailability Why) : AcceptOutcome;
}

/// <summary>What became of a send; all messages of one send share it.</summary>
internal abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    public sealed record Accepted(IReadOnlyList<long> SequenceNumbers) : SendOutcome;

    public sealed record TooLarge(long Size, long Limit) : SendOutcome;

    public sealed record SessionIdMissing : SendOutcome;

    /// <summary>A message has a property that is longer than the service takes.</summary>
    public sealed record PropertiesInvalid(string Problem) : SendOutcome;

    /// <summary>The entity is full.</summary>
    /// <param name="Size">What it has, in bytes.</param>
    /// <param name="Limit">What it may have.</param>
    public sealed record QuotaExceeded(long Size, long Limit) : SendOutcome;

    /// <summary>Nothing can be sent to the entity.</summary>
    public sealed record Unavailable(Unavailability Why) : SendOutcome;
}

/// <summary>What became of taking scheduled messages back; all or none.</summary>
internal abstract record CancelOutcome
{
    private CancelOutcome()
    {
    }

    public sealed record Cancelled : CancelOutcome;

    public sealed record NotFound(long SequenceNumber) : CancelOutcome;

    /// <summary>The entity is gone.</summary>
    public sealed record Unavailable(Unavailability Why) : CancelOutcome;
}
