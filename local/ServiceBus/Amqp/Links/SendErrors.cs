namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>The broker's refusals of messages, by the conditions the service's clients know.</summary>
internal static class SendErrors
{
    /// <summary>The numbers of messages that were taken in.</summary>
    /// <exception cref="AmqpRefusalException">They were not.</exception>
    public static IReadOnlyList<long> ThrowUnlessAccepted(SendOutcome outcome, string path) => outcome switch
    {
        SendOutcome.Accepted accepted => accepted.SequenceNumbers,
        SendOutcome.TooLarge large => throw new AmqpRefusalException(
            ErrorCondition.MessageSizeExceeded, $"The messages take {large.Size} bytes, and '{path}' takes {large.Limit} at once."),
        SendOutcome.SessionIdMissing => throw new AmqpRefusalException(
            ErrorCondition.NotAllowed, $"'{path}' requires sessions, so every message sent to it needs a session id."),
        SendOutcome.PropertiesInvalid invalid => throw new AmqpRefusalException(ErrorCondition.ArgumentError, $"'{path}': {invalid.Problem}."),
        SendOutcome.QuotaExceeded quota => throw new AmqpRefusalException(
            ErrorCondition.ResourceLimitExceeded, $"'{path}' is full: it has {quota.Size} bytes, and may have {quota.Limit}."),
        SendOutcome.Unavailable unavailable => throw EntityErrors.Of(unavailable.Why, path),
        _ => throw new InvalidOperationException($"There is no AMQP error for {outcome.GetType().Name}."),
    };
}
