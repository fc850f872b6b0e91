using TopicOutcome = EventFunctions.Local.ServiceBus.CatalogueOutcome<EventFunctions.Local.ServiceBus.EntityInfo<EventFunctions.Local.ServiceBus.TopicDefinition>>;

namespace EventFunctions.Local.ServiceBus;

internal sealed partial class EntityCatalogue
{
    /// <summary>Makes a topic. Subscriptions in the definition are not regarded: they are made on their own.</summary>
    public ValueTask<TopicOutcome> CreateTopicAsync(TopicDefinition definition, CancellationToken cancellationToken)
    {
        EntityShard? shard = null;
        TopicOutcome outcome;
        lock (_gate)
        {
            if (DefinitionRules.ProblemOf(definition) is { } problem)
            {
                outcome = new TopicOutcome.Refused(problem);
            }
            else if (IsTaken(definition.Name))
            {
                outcome = new TopicOutcome.AlreadyExists(definition.Name);
            }
            else
            {
                var topic = Create(definition, isDeclared: false);
                shard = topic.Shard;
                outcome = new TopicOutcome.Done(InfoOf(topic));
            }
        }

        return SafeAsync(outcome, shard, cancellationToken);
    }

    /// <summary>Changes how a topic is declared; duplicate detection and the subscriptions stay as they are.</summary>
    public ValueTask<TopicOutcome> UpdateTopicAsync(TopicDefinition definition, CancellationToken cancellationToken)
    {
        EntityShard? shard = null;
        TopicOutcome outcome;
        lock (_gate)
        {
            if (!_topics.TryGetValue(definition.Name, out var topic))
            {
                outcome = new TopicOutcome.NotFound(definition.Name);
            }
            else if ((DefinitionRules.ProblemOf(definition) ?? UnchangeableProblem(topic.Definition, definition)) is { } problem)
            {
                outcome = new TopicOutcome.Refused(problem);
            }
            else
            {
                Update(topic, definition with { Name = topic.Path }, topic.IsDeclared);
                shard = topic.Shard;
                outcome = new TopicOutcome.Done(InfoOf(topic));
            }
        }

        return SafeAsync(outcome, shard, cancellationToken);
    }

    /// <summary>Deletes a topic with all its subscriptions and their messages; whoever waits for them is told.</summary>
    public ValueTask<CatalogueOutcome<TopicDefinition>> DeleteTopicAsync(string name, CancellationToken cancellationToken)
    {
        EntityShard? shard = null;
        CatalogueOutcome<TopicDefinition> outcome = new CatalogueOutcome<TopicDefinition>.NotFound(name);
        lock (_gate)
        {
            if (_topics.TryGetValue(name, out var topic))
            {
                Delete(topic);
                shard = topic.Shard;
                outcome = new CatalogueOutcome<TopicDefinition>.Done(topic.Definition);
            }
        }

        return SafeAsync(outcome, shard, cancellationToken);
    }

    /// <summary>A topic as it is now.</summary>
    public EntityInfo<TopicDefinition>? GetTopic(string name)
    {
        lock (_gate)
        {
            return _topics.TryGetValue(name, out var topic) ? InfoOf(topic) : null;
        }
    }

    /// <summary>Topics by name.</summary>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="top">The most to return.</param>
    public IReadOnlyList<EntityInfo<TopicDefinition>> GetTopics(int skip, int top)
    {
        lock (_gate)
        {
            return [.. _topics.Values.Skip(skip).Take(top).Select(InfoOf)];
        }
    }

    private Topic Create(TopicDefinition definition, bool isDeclared)
    {
        var created = new CatalogueRecord.TopicCreated(definition with { Subscriptions = [] }, isDeclared, _clock.GetUtcNow());
        var topic = new Topic(created.Definition, NewShard(++_lastNumber), created.At, isDeclared);
        using (topic.Shard.Enter())
        {
            topic.Shard.Note(new EntityAddress(topic.Shard.Number), created);
            Register(topic);
        }

        _idle.Watch(definition.AutoDeleteOnIdle);
        return topic;
    }

    private void Update(Topic topic, TopicDefinition definition, bool isDeclared)
    {
        var updated = new CatalogueRecord.TopicUpdated(definition with { Subscriptions = [] }, isDeclared, _clock.GetUtcNow());
        using (topic.Shard.Enter())
        {
            topic.Shard.Note(new EntityAddress(topic.Shard.Number), updated);
            topic.Become(updated);
        }

        _idle.Watch(definition.AutoDeleteOnIdle);
    }

    private void Delete(Topic topic)
    {
        using (topic.Shard.Enter())
        {
            topic.Shard.Note(new EntityAddress(topic.Shard.Number), new CatalogueRecord.EntityDeleted());
            Unregister(topic);
        }

        topic.Shard.Dispose();
    }

    private static EntityInfo<TopicDefinition> InfoOf(Topic topic) => EntityInfo<TopicDefinition>.Of(
        topic.Definition with { Subscriptions = [.. topic.Subscriptions.Select(s => s.Definition)] }, topic.Times, topic.GetRuntimeCounts());

    private static string? UnchangeableProblem(TopicDefinition before, TopicDefinition after) =>
        before.RequiresDuplicateDetection != after.RequiresDuplicateDetection
            ? "whether a topic detects duplicates cannot be changed; delete it and make it again"
            : null;
}
