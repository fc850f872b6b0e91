namespace EventFunctions.Local.ServiceBus;

/// <summary>What keeps a send out before it changes anything.</summary>
internal static class SendRules
{
    /// <summary>The refusal, or none. A send of several messages is one transfer and is measured as one.</summary>
    public static SendOutcome? Refuse(IReadOnlyList<BrokerMessage> messages, long maxSize, bool requiresSession)
    {
        if (requiresSession && messages.Any(m => m.SessionId is null))
        {
            return new SendOutcome.SessionIdMissing();
        }

        var size = messages.Count == 1 ? MessageSize.Of(messages[0]) : MessageSize.BatchEnvelope + messages.Sum(MessageSize.InBatch);
        return size > maxSize ? new SendOutcome.TooLarge(size, maxSize) : null;
    }
}
