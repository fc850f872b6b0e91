namespace EventFunctions.Local.ServiceBus;

/// <summary>One subscription of a topic: what it wants, and the queue of what it got. Changed under the gate of its topic's shard.</summary>
internal sealed class Subscription
{
    private Subscription(uint number, CatalogueRecord.SubscriptionCreated created, MessageQueue queue)
    {
        (Number, Definition, IsDeclared, Queue) = (number, created.Definition, created.IsDeclared, queue);
        Rules = new SubscriptionRules(created.Definition);
    }

    /// <summary>The number of the entity.</summary>
    public uint Number { get; }

    public string Name => Definition.Name;

    /// <summary>How it was declared, or last changed to be.</summary>
    public SubscriptionDefinition Definition { get; private set; }

    /// <summary>Whether the topology declares it, and not the administration.</summary>
    public bool IsDeclared { get; private set; }

    public SubscriptionRules Rules { get; private set; }

    public MessageQueue Queue { get; }

    /// <summary>One for a topic, which does not know it yet. The gate is held.</summary>
    public static Subscription Of(uint number, CatalogueRecord.SubscriptionCreated created, Topic topic) =>
        new(number, created, new MessageQueue(QueueSettings.Of(topic.Definition, created.Definition), topic.Shard, number, created.At));

    /// <summary>Takes on another definition, which has the same name and sessions as before.</summary>
    public void Become(CatalogueRecord.SubscriptionUpdated updated)
    {
        (Definition, IsDeclared, Queue.Times.UpdatedAt) = (updated.Definition, updated.IsDeclared, updated.At);
        Rules = new SubscriptionRules(updated.Definition);
    }
}
