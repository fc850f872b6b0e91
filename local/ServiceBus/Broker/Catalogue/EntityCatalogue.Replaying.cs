namespace EventFunctions.Local.ServiceBus;

/// <summary>What recovery does: the same changes as when they were made, without noting them again and before anybody is served.</summary>
internal sealed partial class EntityCatalogue
{
    /// <summary>The number given last.</summary>
    public uint LastNumber
    {
        get
        {
            lock (_gate)
            {
                return _lastNumber;
            }
        }
    }

    /// <summary>Numbers up to this one were given.</summary>
    public void NoteNumber(uint number) => _lastNumber = Math.Max(_lastNumber, number);

    /// <summary>A queue as it was made.</summary>
    public QueueEntity Restore(uint number, CatalogueRecord.QueueCreated created)
    {
        var entity = new QueueEntity(number, created, NewShard(number));
        Register(entity);
        NoteNumber(number);
        return entity;
    }

    /// <summary>A topic as it was made.</summary>
    public Topic Restore(uint number, CatalogueRecord.TopicCreated created)
    {
        var topic = new Topic(created.Definition, NewShard(number), created.At, created.IsDeclared);
        Register(topic);
        NoteNumber(number);
        return topic;
    }

    /// <summary>A subscription as it was made.</summary>
    public Subscription Restore(uint number, CatalogueRecord.SubscriptionCreated created, Topic topic)
    {
        var subscription = Subscription.Of(number, created, topic);
        Register(topic, subscription);
        NoteNumber(number);
        return subscription;
    }

    /// <summary>A queue was deleted.</summary>
    public void Forget(QueueEntity entity)
    {
        Unregister(entity);
        entity.Queue.Shard.Dispose();
    }

    /// <summary>A topic was deleted.</summary>
    public void Forget(Topic topic)
    {
        Unregister(topic);
        topic.Shard.Dispose();
    }

    /// <summary>A subscription was deleted.</summary>
    public void Forget(Topic topic, Subscription subscription) => Unregister(topic, subscription);

    /// <summary>All is there again: locks go on, or end; what fell due meanwhile is done, what was to be forwarded is.</summary>
    public void Resume(bool releaseLocks)
    {
        lock (_gate)
        {
            foreach (var entity in _queues.Values)
            {
                Resume(entity.Queue.Shard, [entity.Queue], [], releaseLocks);
                _idle.Watch(entity.Definition.AutoDeleteOnIdle);
            }

            foreach (var topic in _topics.Values)
            {
                Resume(topic.Shard, topic.Subscriptions.Select(s => s.Queue), [topic.Times], releaseLocks);
                _idle.Watch(topic.Definition.AutoDeleteOnIdle);
                foreach (var subscription in topic.Subscriptions)
                {
                    _idle.Watch(subscription.Definition.AutoDeleteOnIdle);
                }
            }
        }
    }

    /// <summary>The shards of all entities, with what is to be noted of them.</summary>
    public (uint LastNumber, IReadOnlyList<QueueEntity> Queues, IReadOnlyList<Topic> Topics) Note()
    {
        lock (_gate)
        {
            return (_lastNumber, [.. _queues.Values], [.. _topics.Values]);
        }
    }

    private static void Resume(EntityShard shard, IEnumerable<MessageQueue> queues, IEnumerable<EntityTimes> times, bool releaseLocks)
    {
        using (shard.Enter())
        {
            var now = shard.Now();
            foreach (var used in queues.Select(q => q.Times).Concat(times))
            {
                used.AccessedAt = now;
            }

            foreach (var queue in queues)
            {
                queue.Resume();
                if (releaseLocks)
                {
                    queue.ReleaseLocks();
                }
            }

            shard.RunDue();
        }
    }
}
