using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// A Service Bus namespace inside this process: queues, topics and subscriptions with the service's semantics. Safe for any number
/// of threads.
/// </summary>
public sealed class ServiceBusBroker : IAsyncDisposable
{
    /// <summary>Opens a broker with the entities of a topology; messages live as long as it does.</summary>
    public ServiceBusBroker(MessagingTopology topology, TimeProvider timeProvider)
        : this(topology, timeProvider, new VolatileLog())
    {
    }

    internal ServiceBusBroker(MessagingTopology topology, TimeProvider timeProvider, IBrokerLog log)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentNullException.ThrowIfNull(timeProvider);
        TimeProvider = timeProvider;
        Catalogue = new EntityCatalogue(log, timeProvider);
        Catalogue.Declare(topology);
    }

    internal TimeProvider TimeProvider { get; }

    /// <summary>Its entities, and what the administration does to them.</summary>
    internal EntityCatalogue Catalogue { get; }

    /// <summary>A client of this broker. Clients share nothing but the broker; disposing of one leaves the others alone.</summary>
    public ServiceBusClient CreateClient(ServiceBusClientOptions? options = null) => new(this, options);

    /// <summary>How many messages a subscription has.</summary>
    /// <exception cref="ArgumentException">There is no such subscription.</exception>
    public SubscriptionCounts GetCounts(string topicName, string subscriptionName) =>
        GetCounts(EntityPath.Subscription(topicName, subscriptionName));

    /// <summary>How many messages a queue has.</summary>
    /// <exception cref="ArgumentException">There is no such queue.</exception>
    public SubscriptionCounts GetCounts(string queueName) => FindQueue(queueName)?.Counts()
        ?? throw new ArgumentException($"There is no '{queueName}'.", nameof(queueName));

    /// <summary>Stops the broker's clock work. Receivers that still wait are not woken; stop them first.</summary>
    public ValueTask DisposeAsync()
    {
        Catalogue.Dispose();
        return ValueTask.CompletedTask;
    }

    internal ISendTarget? FindTarget(string path) => Catalogue.FindTarget(path);

    internal MessageQueue? FindQueue(string path) => Catalogue.FindQueue(path);
}
