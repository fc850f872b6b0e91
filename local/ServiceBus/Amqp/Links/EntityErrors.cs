namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Why an entity does nothing, by the conditions the service's clients know.</summary>
internal static class EntityErrors
{
    /// <summary>There is no such entity.</summary>
    public static AmqpRefusalException NotFound(string path) =>
        new(ErrorCondition.NotFound, $"The messaging entity '{path}' could not be found.");

    /// <summary>The entity is there, and does not do it, or was there.</summary>
    public static AmqpRefusalException Of(Unavailability why, string path) => why switch
    {
        Unavailability.Deleted => NotFound(path),
        Unavailability.Disabled => new AmqpRefusalException(ErrorCondition.EntityDisabled, $"Messaging entity '{path}' is currently disabled."),
        Unavailability.Forwarding => new AmqpRefusalException(
            ErrorCondition.NotAllowed, $"Can't receive from '{path}', because it forwards its messages. Receive from where they go."),
        _ => throw new InvalidOperationException($"There is no AMQP error for {why}."),
    };
}
