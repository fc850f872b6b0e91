using EventFunctions.Local.ServiceBus;

namespace EventFunctions.EmulatorConfig;

/// <summary>Says a topology in the emulator's words, with what it does not allow brought to the nearest that it does.</summary>
/// <param name="Document">The configuration.</param>
/// <param name="Clamped">What differs from the topology, one sentence each.</param>
internal sealed record EmulatorTopology(EmulatorDocument Document, IReadOnlyList<string> Clamped)
{
    /// <summary>The configuration of a topology.</summary>
    /// <exception cref="EmulatorConfigException">The emulator cannot hold so many entities, or no topic without a subscription.</exception>
    public static EmulatorTopology Of(MessagingTopology topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        Check(topology);
        var clamp = new Clamp();
        var space = new EmulatorNamespace(
            EmulatorLimits.Namespace,
            [.. topology.Queues.Select(q => QueueOf(q, clamp))],
            [.. topology.Topics.Select(t => TopicOf(t, clamp))]);
        return new EmulatorTopology(new EmulatorDocument(new EmulatorUserConfig([space], new EmulatorLogging("Console"))), clamp.Changes);
    }

    private static void Check(MessagingTopology topology)
    {
        var entities = topology.Topics.Count + topology.Queues.Count;
        if (entities > EmulatorLimits.MaxEntities)
        {
            throw new EmulatorConfigException(
                $"The emulator holds {EmulatorLimits.MaxEntities} topics and queues, and there are {entities}. Use the local host's broker, or a namespace on Azure.");
        }

        foreach (var topic in topology.Topics.Where(t => t.Subscriptions.Count is 0 or > EmulatorLimits.MaxSubscriptions))
        {
            throw new EmulatorConfigException(
                $"A topic of the emulator has 1 to {EmulatorLimits.MaxSubscriptions} subscriptions, and '{topic.Name}' has {topic.Subscriptions.Count}.");
        }
    }

    private static EmulatorQueue QueueOf(QueueDefinition queue, Clamp clamp) => new(
        queue.Name,
        new EmulatorQueueProperties(
            queue.DeadLetteringOnMessageExpiration,
            clamp.Duration(queue.DefaultMessageTimeToLive, EmulatorLimits.TimeToLive, queue.Name, "messages live"),
            clamp.Duration(queue.DuplicateDetectionHistoryTimeWindow, EmulatorLimits.DuplicateWindow, queue.Name, "ids are remembered"),
            clamp.Duration(queue.LockDuration, EmulatorLimits.QueueLock, queue.Name, "messages are locked"),
            clamp.Deliveries(queue.MaxDeliveryCount, queue.Name),
            queue.RequiresDuplicateDetection,
            queue.RequiresSession));

    private static EmulatorTopic TopicOf(TopicDefinition topic, Clamp clamp) => new(
        topic.Name,
        new EmulatorTopicProperties(
            clamp.Duration(topic.DefaultMessageTimeToLive, EmulatorLimits.TimeToLive, topic.Name, "messages live"),
            clamp.Duration(topic.DuplicateDetectionHistoryTimeWindow, EmulatorLimits.DuplicateWindow, topic.Name, "ids are remembered"),
            topic.RequiresDuplicateDetection),
        [.. topic.Subscriptions.Select(s => SubscriptionOf(s, $"{topic.Name}/{s.Name}", clamp))]);

    private static EmulatorSubscription SubscriptionOf(SubscriptionDefinition subscription, string path, Clamp clamp) => new(
        subscription.Name,
        new EmulatorSubscriptionProperties(
            subscription.DeadLetteringOnMessageExpiration,
            clamp.Duration(subscription.DefaultMessageTimeToLive, EmulatorLimits.TimeToLive, path, "messages live"),
            clamp.Duration(subscription.LockDuration, EmulatorLimits.SubscriptionLock, path, "messages are locked"),
            clamp.Deliveries(subscription.MaxDeliveryCount, path),
            subscription.RequiresSession),
        EmulatorRules.Of(subscription.Rules));
}
