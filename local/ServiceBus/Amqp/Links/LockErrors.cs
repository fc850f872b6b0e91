namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>The broker's refusals to settle, renew and receive, by the conditions the service's clients know.</summary>
internal static class LockErrors
{
    /// <summary>When a lock ends that was renewed; for other operations of no meaning.</summary>
    /// <exception cref="AmqpRefusalException">The operation was not done.</exception>
    public static DateTimeOffset ThrowUnlessDone(LockOutcome outcome, string path) => outcome switch
    {
        LockOutcome.Done done => done.LockedUntil,
        LockOutcome.MessageLockLost => throw new AmqpRefusalException(
            ErrorCondition.MessageLockLost,
            "The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue."),
        LockOutcome.SessionLockLost => throw SessionLockLost(path),
        LockOutcome.AlreadyDeadLettered => throw new AmqpRefusalException(
            ErrorCondition.NotAllowed, $"'{path}' is a dead-letter queue; what is in it cannot be dead-lettered again. Complete it, or leave it."),
        LockOutcome.StateTooLarge large => throw new AmqpRefusalException(
            ErrorCondition.ResourceLimitExceeded, $"The session's state has {large.Size} bytes, and '{path}' takes {large.Limit}."),
        LockOutcome.PropertiesInvalid invalid => throw new AmqpRefusalException(ErrorCondition.ArgumentError, $"'{path}': {invalid.Problem}."),
        LockOutcome.Unavailable unavailable => throw EntityErrors.Of(unavailable.Why, path),
        _ => throw new InvalidOperationException($"There is no AMQP error for {outcome.GetType().Name}."),
    };

    /// <summary>What was received.</summary>
    /// <exception cref="AmqpRefusalException">Nothing could be.</exception>
    public static IReadOnlyList<Delivery> ThrowUnlessReceived(ReceiveOutcome outcome, string path) => outcome switch
    {
        ReceiveOutcome.Received received => received.Messages,
        ReceiveOutcome.SessionLockLost => throw SessionLockLost(path),
        ReceiveOutcome.NotFound missing => throw new AmqpRefusalException(
            ErrorCondition.MessageNotFound, $"'{path}' has no deferred message with the sequence number {missing.SequenceNumber}."),
        ReceiveOutcome.Unavailable unavailable => throw EntityErrors.Of(unavailable.Why, path),
        _ => throw new InvalidOperationException($"There is no AMQP error for {outcome.GetType().Name}."),
    };

    /// <summary>The session is not, or no longer, the peer's.</summary>
    public static AmqpRefusalException SessionLockLost(string path) =>
        new(ErrorCondition.SessionLockLost, $"The session lock has expired on the message session of '{path}'. Accept the session again.");
}
