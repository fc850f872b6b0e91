namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>
/// Does steps again. Entities are noted in a snapshot one after another while steps go on, so a step in the log behind it may be in the
/// snapshot already: then it is skipped, by its number.
/// </summary>
internal sealed class StepReplay(EntityCatalogue catalogue)
{
    private readonly Dictionary<uint, EntityShard> _shards = [];
    private readonly Dictionary<uint, QueueEntity> _queues = [];
    private readonly Dictionary<uint, Topic> _topics = [];
    private readonly Dictionary<uint, (Topic Topic, Subscription Subscription)> _subscriptions = [];

    /// <summary>Knows a queue from now on, as it was when a snapshot noted it or when it was made.</summary>
    public void Add(QueueEntity entity, long steps) => Add(_queues, entity.Number, entity, entity.Queue.Shard, steps);

    /// <summary>Knows a topic from now on.</summary>
    public void Add(Topic topic, long steps) => Add(_topics, topic.Shard.Number, topic, topic.Shard, steps);

    /// <summary>Knows a subscription from now on.</summary>
    public void Add(Topic topic, Subscription subscription) => _subscriptions.Add(subscription.Number, (topic, subscription));

    /// <summary>Does one, unless it was done.</summary>
    /// <exception cref="InvalidDataException">It does not follow on what was done.</exception>
    public void Take(ShardStep step)
    {
        if (!_shards.TryGetValue(step.Shard, out var shard))
        {
            if (step.Shard <= catalogue.LastNumber)
            {
                return; // of what was deleted before the snapshot noted it, or in a step before
            }

            Create(step.Shard, step.Changes[0]);
            shard = _shards[step.Shard];
        }

        if (step.Number <= shard.Steps)
        {
            return;
        }

        if (step.Number != shard.Steps + 1)
        {
            throw new InvalidDataException($"The journal has step {step.Number} of entity {step.Shard} behind step {shard.Steps}.");
        }

        shard.Steps = step.Number;
        foreach (var change in step.Changes)
        {
            Apply(step.Shard, change);
        }
    }

    private void Add<T>(Dictionary<uint, T> entities, uint number, T entity, EntityShard shard, long steps)
    {
        shard.Steps = steps;
        entities.Add(number, entity);
        _shards.Add(number, shard);
    }

    private void Create(uint number, LoggedChange first)
    {
        switch (first.Record)
        {
            case CatalogueRecord.QueueCreated queue:
                Add(catalogue.Restore(number, queue), steps: 0);
                break;
            case CatalogueRecord.TopicCreated topic:
                Add(catalogue.Restore(number, topic), steps: 0);
                break;
            default:
                throw new InvalidDataException($"The journal has a change of entity {number}, but not its creation.");
        }
    }

    private void Apply(uint shard, LoggedChange change)
    {
        var (address, record) = change;
        switch (record)
        {
            case CatalogueRecord.QueueCreated or CatalogueRecord.TopicCreated:
                break; // made when its shard was
            case CatalogueRecord.QueueUpdated updated:
                Find(_queues, address).Become(updated);
                break;
            case CatalogueRecord.TopicUpdated updated:
                Find(_topics, address).Become(updated);
                break;
            case CatalogueRecord.SubscriptionUpdated updated:
                var (of, changed) = Find(_subscriptions, address);
                of.Become(changed, updated);
                break;
            case CatalogueRecord.SubscriptionCreated created:
                var topicOf = Find(_topics, new EntityAddress(shard));
                Add(topicOf, catalogue.Restore(address.Entity, created, topicOf));
                break;
            case CatalogueRecord.EntityDeleted:
                Delete(address.Entity);
                break;
            case TopicRecord topic:
                Find(_topics, address).State.Apply(topic);
                break;
            case QueueRecord queue when PartOf(address) is { } part:
                part.State.Apply(queue);
                break;
        }
    }

    private void Delete(uint number)
    {
        if (_queues.Remove(number, out var queue))
        {
            catalogue.Forget(queue);
            _shards.Remove(number);
        }
        else if (_topics.Remove(number, out var topic))
        {
            foreach (var subscription in topic.Subscriptions)
            {
                _subscriptions.Remove(subscription.Number);
            }

            catalogue.Forget(topic);
            _shards.Remove(number);
        }
        else if (_subscriptions.Remove(number, out var of))
        {
            catalogue.Forget(of.Topic, of.Subscription);
        }
    }

    /// <summary>The queue of an address; none if it belongs to what was deleted in the same step or before.</summary>
    private MessageQueue? PartOf(EntityAddress address)
    {
        var queue = _queues.TryGetValue(address.Entity, out var entity) ? entity.Queue
            : _subscriptions.TryGetValue(address.Entity, out var of) ? of.Subscription.Queue
            : null;
        return address.Part switch
        {
            EntityPart.Main => queue,
            EntityPart.DeadLetter => queue?.DeadLetterQueue,
            _ => queue?.TransferDeadLetterQueue,
        };
    }

    private static T Find<T>(Dictionary<uint, T> entities, EntityAddress address) => entities.TryGetValue(address.Entity, out var entity)
        ? entity
        : throw new InvalidDataException($"The journal has a change of entity {address.Entity}, but not its creation.");
}
