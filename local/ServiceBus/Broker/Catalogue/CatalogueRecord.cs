namespace EventFunctions.Local.ServiceBus;

/// <summary>A change of what entities there are, or of how they are declared. The address with it says of which.</summary>
internal abstract record CatalogueRecord : BrokerRecord
{
    private CatalogueRecord()
    {
    }

    /// <summary>A queue was made.</summary>
    public sealed record QueueCreated(QueueDefinition Definition, bool IsDeclared, DateTimeOffset At) : CatalogueRecord;

    /// <summary>A queue is declared otherwise from now on.</summary>
    public sealed record QueueUpdated(QueueDefinition Definition, bool IsDeclared, DateTimeOffset At) : CatalogueRecord;

    /// <summary>A topic was made, without subscriptions.</summary>
    public sealed record TopicCreated(TopicDefinition Definition, bool IsDeclared, DateTimeOffset At) : CatalogueRecord;

    /// <summary>A topic is declared otherwise from now on; its subscriptions stay.</summary>
    public sealed record TopicUpdated(TopicDefinition Definition, bool IsDeclared, DateTimeOffset At) : CatalogueRecord;

    /// <summary>A topic got a subscription, with rules.</summary>
    public sealed record SubscriptionCreated(SubscriptionDefinition Definition, bool IsDeclared, DateTimeOffset At) : CatalogueRecord;

    /// <summary>A subscription is declared otherwise from now on, or has other rules.</summary>
    public sealed record SubscriptionUpdated(SubscriptionDefinition Definition, bool IsDeclared, DateTimeOffset At) : CatalogueRecord;

    /// <summary>A queue, topic or subscription is gone, with all its messages.</summary>
    public sealed record EntityDeleted : CatalogueRecord;
}
