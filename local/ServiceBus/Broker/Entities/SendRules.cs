using EventFunctions.Local.ServiceBus.Durability;

namespace EventFunctions.Local.ServiceBus;

/// <summary>What keeps a send out before it changes anything.</summary>
internal static class SendRules
{
    /// <summary>The refusal, or none. A send of several messages is one transfer and is measured as one.</summary>
    /// <param name="messages">What is sent.</param>
    /// <param name="maxSize">What it may take, in bytes.</param>
    /// <param name="requiresSession">Whether each needs a session id.</param>
    /// <param name="size">What it takes, where it is not refused for another reason.</param>
    public static SendOutcome? Refuse(IReadOnlyList<BrokerMessage> messages, long maxSize, bool requiresSession, out long size)
    {
        size = messages.Count == 1 || messages[0].WireSize is not null ? 0 : MessageSize.BatchEnvelope;
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (requiresSession && message.SessionId is null)
            {
                return new SendOutcome.SessionIdMissing();
            }

            if (ProblemOf(message) is { } problem)
            {
                return new SendOutcome.PropertiesInvalid(problem);
            }

            size += message.WireSize ?? (messages.Count == 1 ? MessageSize.Of(message) : MessageSize.InBatch(message));
        }

        return size > maxSize ? new SendOutcome.TooLarge(size, maxSize) : null;
    }

    /// <summary>What is wrong with changes of properties; none if nothing is.</summary>
    public static string? ProblemOf(BrokerMessage message, IReadOnlyDictionary<string, object>? changes) =>
        changes is null || changes.Count == 0 ? null : ProblemOf(message.WithProperties(changes));

    private static string? ProblemOf(BrokerMessage message)
    {
        if (Long(message.MessageId, "message id") is { } id)
        {
            return id;
        }

        if ((Long(message.SessionId, "session id") ?? Long(message.PartitionKey, "partition key") ?? Long(message.ReplyToSessionId, "reply-to session id"))
            is { } name)
        {
            return name;
        }

        foreach (var (property, value) in message.Properties)
        {
            if (!PropertyCodec.CanWrite(value))
            {
                return $"the property '{property}' is a {value.GetType()}, which a message cannot carry";
            }

            var size = MessageSize.OfProperty(property, value);
            if (size > EntityLimits.PropertySize)
            {
                return $"the property '{property}' takes {size} bytes; one property may take {EntityLimits.PropertySize}";
            }
        }

        var header = MessageSize.OfHeader(message);
        return header > EntityLimits.HeaderSize
            ? $"the properties take {header} bytes; those of a message may take {EntityLimits.HeaderSize}, the system's included"
            : null;
    }

    private static string? Long(string? value, string what) => value?.Length > EntityLimits.MessageIdLength
        ? $"the {what} has {value.Length} characters; it may have {EntityLimits.MessageIdLength}"
        : null;
}
