using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// A Service Bus namespace inside this process: queues, topics and subscriptions with the service's semantics. Safe for any number
/// of threads.
/// </summary>
public sealed class ServiceBusBroker : IAsyncDisposable
{
    private readonly List<EntityShard> _shards = [];
    private readonly Dictionary<string, ISendTarget> _targets = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, MessageQueue> _queues = new(StringComparer.OrdinalIgnoreCase);

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
        foreach (var definition in topology.Topics)
        {
            var topic = new Topic(definition, NewShard(log));
            _targets.Add(topic.Path, topic);
            foreach (var subscription in topic.Subscriptions.Values)
            {
                AddQueue(subscription.Queue);
            }
        }

        foreach (var definition in topology.Queues)
        {
            var queue = new MessageQueue(Settings(definition), NewShard(log));
            _targets.Add(queue.Path, queue);
            AddQueue(queue);
        }
    }

    internal TimeProvider TimeProvider { get; }

    /// <summary>A client of this broker. Clients share nothing but the broker; disposing of one leaves the others alone.</summary>
    public ServiceBusClient CreateClient(ServiceBusClientOptions? options = null) => new(this, options);

    /// <summary>How many messages a subscription has.</summary>
    /// <exception cref="ArgumentException">There is no such subscription.</exception>
    public SubscriptionCounts GetCounts(string topicName, string subscriptionName) =>
        GetCounts(EntityPath.Subscription(topicName, subscriptionName));

    /// <summary>How many messages a queue has.</summary>
    /// <exception cref="ArgumentException">There is no such queue.</exception>
    public SubscriptionCounts GetCounts(string queueName) => FindQueue(queueName)?.Counts()
        ?? throw new ArgumentException($"The topology declares no '{queueName}'.", nameof(queueName));

    /// <summary>Stops the broker's clock work. Receivers that still wait are not woken; stop them first.</summary>
    public ValueTask DisposeAsync()
    {
        foreach (var shard in _shards)
        {
            shard.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    internal ISendTarget? FindTarget(string path) => _targets.GetValueOrDefault(path);

    internal MessageQueue? FindQueue(string path) => _queues.GetValueOrDefault(path);

    private EntityShard NewShard(IBrokerLog log)
    {
        var shard = new EntityShard(log, TimeProvider);
        _shards.Add(shard);
        return shard;
    }

    private void AddQueue(MessageQueue queue)
    {
        _queues.Add(queue.Path, queue);
        _queues.Add(queue.DeadLetterQueue!.Path, queue.DeadLetterQueue);
    }

    private static QueueSettings Settings(QueueDefinition queue) => new(
        queue.Name,
        queue.RequiresSession,
        queue.LockDuration,
        queue.MaxDeliveryCount,
        queue.DefaultMessageTimeToLive,
        queue.DeadLetteringOnMessageExpiration,
        queue.RequiresDuplicateDetection ? queue.DuplicateDetectionHistoryTimeWindow : null,
        queue.MaxMessageSizeInKilobytes * 1024L);
}
