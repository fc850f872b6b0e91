using QueueOutcome = EventFunctions.Local.ServiceBus.CatalogueOutcome<EventFunctions.Local.ServiceBus.EntityInfo<EventFunctions.Local.ServiceBus.QueueDefinition>>;

namespace EventFunctions.Local.ServiceBus;

internal sealed partial class EntityCatalogue
{
    /// <summary>Makes a queue.</summary>
    public ValueTask<QueueOutcome> CreateQueueAsync(
        QueueDefinition definition, CancellationToken cancellationToken)
    {
        EntityShard? shard = null;
        QueueOutcome outcome;
        lock (_gate)
        {
            if (DefinitionRules.ProblemOf(definition) is { } problem)
            {
                outcome = new QueueOutcome.Refused(problem);
            }
            else if (IsTaken(definition.Name))
            {
                outcome = new QueueOutcome.AlreadyExists(definition.Name);
            }
            else if (ForwardingProblem(definition.Name, definition.RequiresSession, definition.ForwardTo, definition.ForwardDeadLetteredMessagesTo)
                is { } forwarding)
            {
                outcome = new QueueOutcome.Refused(forwarding);
            }
            else
            {
                var entity = Create(definition, isDeclared: false);
                shard = entity.Queue.Shard;
                outcome = new QueueOutcome.Done(InfoOf(entity));
            }
        }

        return SafeAsync(outcome, shard, cancellationToken);
    }

    /// <summary>Changes how a queue is declared; sessions and duplicate detection stay as they are.</summary>
    public ValueTask<QueueOutcome> UpdateQueueAsync(
        QueueDefinition definition, CancellationToken cancellationToken)
    {
        EntityShard? shard = null;
        QueueOutcome outcome;
        lock (_gate)
        {
            if (!_queues.TryGetValue(definition.Name, out var entity))
            {
                outcome = new QueueOutcome.NotFound(definition.Name);
            }
            else if ((DefinitionRules.ProblemOf(definition) ?? UnchangeableProblem(entity.Definition, definition)
                ?? ForwardingProblem(definition.Name, definition.RequiresSession, definition.ForwardTo, definition.ForwardDeadLetteredMessagesTo))
                is { } problem)
            {
                outcome = new QueueOutcome.Refused(problem);
            }
            else
            {
                Update(entity, definition with { Name = entity.Definition.Name }, entity.IsDeclared);
                shard = entity.Queue.Shard;
                outcome = new QueueOutcome.Done(InfoOf(entity));
            }
        }

        return SafeAsync(outcome, shard, cancellationToken);
    }

    /// <summary>Deletes a queue with all its messages; whoever waits for them is told.</summary>
    public ValueTask<CatalogueOutcome<QueueDefinition>> DeleteQueueAsync(string name, CancellationToken cancellationToken)
    {
        EntityShard? shard = null;
        CatalogueOutcome<QueueDefinition> outcome = new CatalogueOutcome<QueueDefinition>.NotFound(name);
        lock (_gate)
        {
            if (_queues.TryGetValue(name, out var entity))
            {
                Delete(entity);
                shard = entity.Queue.Shard;
                outcome = new CatalogueOutcome<QueueDefinition>.Done(entity.Definition);
            }
        }

        return SafeAsync(outcome, shard, cancellationToken);
    }

    /// <summary>A queue as it is now.</summary>
    public EntityInfo<QueueDefinition>? GetQueue(string name)
    {
        lock (_gate)
        {
            return _queues.TryGetValue(name, out var entity) ? InfoOf(entity) : null;
        }
    }

    /// <summary>Queues by name.</summary>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="top">The most to return.</param>
    public IReadOnlyList<EntityInfo<QueueDefinition>> GetQueues(int skip, int top)
    {
        lock (_gate)
        {
            return [.. _queues.Values.Skip(skip).Take(top).Select(InfoOf)];
        }
    }

    private QueueEntity Create(QueueDefinition definition, bool isDeclared)
    {
        var created = new CatalogueRecord.QueueCreated(definition, isDeclared, _clock.GetUtcNow());
        var number = ++_lastNumber;
        var entity = new QueueEntity(number, created, NewShard(number));
        using (entity.Queue.Shard.Enter())
        {
            entity.Queue.Shard.Note(new EntityAddress(number), created);
            Register(entity);
        }

        _idle.Watch(definition.AutoDeleteOnIdle);
        return entity;
    }

    private void Update(QueueEntity entity, QueueDefinition definition, bool isDeclared)
    {
        var updated = new CatalogueRecord.QueueUpdated(definition, isDeclared, _clock.GetUtcNow());
        using (entity.Queue.Shard.Enter())
        {
            entity.Queue.Shard.Note(new EntityAddress(entity.Number), updated);
            entity.Become(updated);
            entity.Queue.RunDue(entity.Queue.Shard.Now());
        }

        _idle.Watch(definition.AutoDeleteOnIdle);
    }

    private void Delete(QueueEntity entity)
    {
        using (entity.Queue.Shard.Enter())
        {
            entity.Queue.Shard.Note(new EntityAddress(entity.Number), new CatalogueRecord.EntityDeleted());
            Unregister(entity);
        }

        entity.Queue.Shard.Dispose();
    }

    private static EntityInfo<QueueDefinition> InfoOf(QueueEntity entity) =>
        EntityInfo<QueueDefinition>.Of(entity.Definition, entity.Queue.Times, entity.Queue.GetRuntimeCounts());

    private static string? UnchangeableProblem(QueueDefinition before, QueueDefinition after) =>
        before.RequiresSession != after.RequiresSession ? "whether a queue requires sessions cannot be changed; delete it and make it again"
        : before.RequiresDuplicateDetection != after.RequiresDuplicateDetection
            ? "whether a queue detects duplicates cannot be changed; delete it and make it again"
        : null;

    private string? ForwardingProblem(string own, bool requiresSession, string? forwardTo, string? forwardDeadLettersTo) =>
        ForwardingRules.Problem(own, requiresSession, forwardTo, forwardDeadLettersTo, _targets.ContainsKey) is { } problem
            ? $"{problem.Property}: {problem.Text}"
            : null;
}
