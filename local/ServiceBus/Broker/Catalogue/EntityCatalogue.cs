using System.Collections.Concurrent;

namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// The entities of a namespace: what there is, found by its path, made, changed and deleted while others use it. Changes of the catalogue
/// are made one at a time; those of an entity are part of its shard's steps, so that the log has them in their place.
/// </summary>
internal sealed partial class EntityCatalogue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly IBrokerLog _log;
    private readonly TimeProvider _clock;
    private readonly Forwarder _forwarder;
    private readonly IdleDeletion _idle;
    private readonly ConcurrentDictionary<string, ISendTarget> _targets = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, MessageQueue> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<string, QueueEntity> _queues = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<string, Topic> _topics = new(StringComparer.OrdinalIgnoreCase);
    private uint _lastNumber;

    public EntityCatalogue(IBrokerLog log, TimeProvider clock)
    {
        _log = log;
        _clock = clock;
        _forwarder = new Forwarder(FindTarget);
        _idle = new IdleDeletion(clock, DeleteIdle);
    }

    /// <summary>The queue or topic of a path.</summary>
    public ISendTarget? FindTarget(string path) => _targets.GetValueOrDefault(path);

    /// <summary>The queue, subscription or sub-queue of a path.</summary>
    public MessageQueue? FindQueue(string path) => _paths.GetValueOrDefault(path);

    /// <summary>The topic of a name.</summary>
    public Topic? FindTopic(string name) => FindTarget(name) as Topic;

    public void Dispose()
    {
        _idle.Dispose();
        lock (_gate)
        {
            foreach (var target in _targets.Values)
            {
                target.Shard.Dispose();
            }
        }
    }

    private EntityShard NewShard(uint number) => new(_log, _clock, number) { Forwarder = _forwarder };

    private void Register(QueueEntity entity)
    {
        _queues.Add(entity.Definition.Name, entity);
        AddPaths(entity.Queue);
        _targets[entity.Queue.Path] = entity.Queue;
    }

    private void Register(Topic topic)
    {
        _topics.Add(topic.Path, topic);
        _targets[topic.Path] = topic;
    }

    private void Register(Topic topic, Subscription subscription)
    {
        topic.Add(subscription);
        AddPaths(subscription.Queue);
    }

    private void Unregister(QueueEntity entity)
    {
        entity.Queue.End();
        _queues.Remove(entity.Definition.Name);
        _targets.TryRemove(entity.Queue.Path, out _);
        RemovePaths(entity.Queue);
    }

    private void Unregister(Topic topic)
    {
        foreach (var subscription in topic.Subscriptions)
        {
            RemovePaths(subscription.Queue);
        }

        topic.End();
        _topics.Remove(topic.Path);
        _targets.TryRemove(topic.Path, out _);
    }

    private void Unregister(Topic topic, Subscription subscription)
    {
        topic.Remove(subscription);
        RemovePaths(subscription.Queue);
    }

    private void AddPaths(MessageQueue queue)
    {
        foreach (var part in PartsOf(queue))
        {
            _paths[part.Path] = part;
        }
    }

    private void RemovePaths(MessageQueue queue)
    {
        foreach (var part in PartsOf(queue))
        {
            _paths.TryRemove(part.Path, out _);
        }
    }

    private static MessageQueue[] PartsOf(MessageQueue queue) => [queue, queue.DeadLetterQueue!, queue.TransferDeadLetterQueue!];

    private bool IsTaken(string path) => _targets.ContainsKey(path) || _paths.ContainsKey(path);

    private static async ValueTask<CatalogueOutcome<T>> SafeAsync<T>(
        CatalogueOutcome<T> outcome, EntityShard? shard, CancellationToken cancellationToken)
    {
        if (shard is not null)
        {
            await shard.LoggedAsync(cancellationToken);
        }

        return outcome;
    }
}
