namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>The broker's refusals of sessions, by the conditions the service's clients know.</summary>
internal static class SessionErrors
{
    /// <summary>The session that was accepted.</summary>
    /// <exception cref="AmqpRefusalException">None was.</exception>
    public static SessionHold ThrowUnlessAccepted(AcceptOutcome outcome, string path) => outcome switch
    {
        AcceptOutcome.Accepted accepted => accepted.Hold,
        AcceptOutcome.HeldElsewhere => throw new AmqpRefusalException(
            ErrorCondition.SessionCannotBeLocked, $"The requested session of '{path}' cannot be accepted. It may be locked by another receiver."),
        AcceptOutcome.NoneAvailable => throw new AmqpRefusalException(
            ErrorCondition.Timeout, $"No session of '{path}' was available in the time allowed."),
        AcceptOutcome.Unavailable unavailable => throw EntityErrors.Of(unavailable.Why, path),
        _ => throw new InvalidOperationException($"There is no AMQP error for {outcome.GetType().Name}."),
    };
}
