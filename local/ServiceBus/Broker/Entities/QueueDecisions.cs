namespace EventFunctions.Local.ServiceBus;

/// <summary>What is to happen to a message that leaves a receiver's hands. No state is changed here.</summary>
internal static class QueueDecisions
{
    /// <summary>A receiver settles a message it holds.</summary>
    public static QueueRecord Settle(StoredMessage message, Settlement settlement, QueueSettings settings, long nextDeadLetterNumber) =>
        settlement switch
        {
            Settlement.Complete => new QueueRecord.Removed(message.SequenceNumber),
            Settlement.Release => new QueueRecord.Released(message.SequenceNumber, CountsAsDelivery: false, Changes: null),
            Settlement.Abandon abandon => Release(message, abandon.Changes, settings, nextDeadLetterNumber),
            Settlement.Defer defer => new QueueRecord.Deferred(message.SequenceNumber, defer.Changes),
            Settlement.DeadLetter dead => new QueueRecord.DeadLettered(
                message.SequenceNumber,
                nextDeadLetterNumber,
                message.DeliveryCount,
                DeadLetterReasons.Properties(dead.Reason, dead.Description, dead.Changes)),
            _ => throw new InvalidOperationException($"No message is settled by {settlement.GetType().Name}."),
        };

    /// <summary>A delivery ended without result: the message comes back, unless it has come back too often.</summary>
    public static QueueRecord Release(
        StoredMessage message, IReadOnlyDictionary<string, object>? changes, QueueSettings settings, long nextDeadLetterNumber)
    {
        var deliveries = message.DeliveryCount + 1;
        if (deliveries < settings.MaxDeliveryCount)
        {
            return new QueueRecord.Released(message.SequenceNumber, CountsAsDelivery: true, changes);
        }

        var reason = changes is null || changes.Count == 0
            ? (IReadOnlyDictionary<string, object>)DeadLetterReasons.MaxDeliveryCountExceeded
            : Merge(changes, DeadLetterReasons.MaxDeliveryCountExceeded);
        return new QueueRecord.DeadLettered(message.SequenceNumber, nextDeadLetterNumber, deliveries, reason);
    }

    /// <summary>A message's time is over.</summary>
    public static QueueRecord Expire(StoredMessage message, QueueSettings settings, long nextDeadLetterNumber) =>
        settings.DeadLetterOnExpiration
            ? new QueueRecord.DeadLettered(
                message.SequenceNumber, nextDeadLetterNumber, message.DeliveryCount, DeadLetterReasons.TimeToLiveExpired)
            : new QueueRecord.Removed(message.SequenceNumber);

    private static Dictionary<string, object> Merge(IReadOnlyDictionary<string, object> changes, IReadOnlyDictionary<string, object> reason)
    {
        var merged = new Dictionary<string, object>(changes, StringComparer.Ordinal);
        foreach (var (name, value) in reason)
        {
            merged[name] = value;
        }

        return merged;
    }
}
