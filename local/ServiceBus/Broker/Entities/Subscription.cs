namespace EventFunctions.Local.ServiceBus;

/// <summary>One subscription of a topic: what it wants, and the queue of what it got.</summary>
internal sealed class Subscription(string name, SubscriptionRules rules, MessageQueue queue)
{
    public string Name { get; } = name;

    public SubscriptionRules Rules { get; } = rules;

    public MessageQueue Queue { get; } = queue;
}
