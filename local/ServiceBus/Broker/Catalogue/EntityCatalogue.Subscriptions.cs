using SubscriptionOutcome = EventFunctions.Local.ServiceBus.CatalogueOutcome<EventFunctions.Local.ServiceBus.EntityInfo<EventFunctions.Local.ServiceBus.SubscriptionDefinition>>;

namespace EventFunctions.Local.ServiceBus;

internal sealed partial class EntityCatalogue
{
    /// <summary>Makes a subscription with the rules of its definition; it gets what is published from then on.</summary>
    public ValueTask<SubscriptionOutcome> CreateSubscriptionAsync(
        string topicName, SubscriptionDefinition definition, CancellationToken cancellationToken)
    {
        EntityShard? shard = null;
        SubscriptionOutcome outcome;
        lock (_gate)
        {
            if (!_topics.TryGetValue(topicName, out var topic))
            {
                outcome = new SubscriptionOutcome.NotFound(topicName);
            }
            else if (DefinitionRules.ProblemOf(definition) is { } problem)
            {
                outcome = new SubscriptionOutcome.Refused(problem);
            }
            else if (topic.Find(definition.Name) is not null || IsTaken(EntityPath.Subscription(topic.Path, definition.Name)))
            {
                outcome = new SubscriptionOutcome.AlreadyExists(EntityPath.Subscription(topic.Path, definition.Name));
            }
            else if ((ForwardingProblem(topic.Path, definition.RequiresSession, definition.ForwardTo, definition.ForwardDeadLetteredMessagesTo)
                ?? CountProblem(topic)) is { } refusal)
            {
                outcome = new SubscriptionOutcome.Refused(refusal);
            }
            else
            {
                var subscription = Create(topic, definition, isDeclared: false);
                shard = topic.Shard;
                outcome = new SubscriptionOutcome.Done(InfoOf(subscription));
            }
        }

        return SafeAsync(outcome, shard, cancellationToken);
    }

    /// <summary>Changes how a subscription is declared; sessions and rules stay as they are.</summary>
    public ValueTask<SubscriptionOutcome> UpdateSubscriptionAsync(
        string topicName, SubscriptionDefinition definition, CancellationToken cancellationToken)
    {
        EntityShard? shard = null;
        SubscriptionOutcome outcome;
        lock (_gate)
        {
            if (!TryFind(topicName, definition.Name, out var topic, out var subscription))
            {
                outcome = new SubscriptionOutcome.NotFound(EntityPath.Subscription(topicName, definition.Name));
            }
            else
            {
                var after = definition with { Name = subscription.Name, Rules = subscription.Definition.Rules };
                var problem = DefinitionRules.ProblemOf(after)
                    ?? (after.RequiresSession == subscription.Definition.RequiresSession
                        ? null
                        : "whether a subscription requires sessions cannot be changed; delete it and make it again")
                    ?? ForwardingProblem(topic.Path, after.RequiresSession, after.ForwardTo, after.ForwardDeadLetteredMessagesTo);
                if (problem is null)
                {
                    Update(topic, subscription, after, subscription.IsDeclared);
                    shard = topic.Shard;
                }

                outcome = problem is null
                    ? new SubscriptionOutcome.Done(InfoOf(subscription))
                    : new SubscriptionOutcome.Refused(problem);
            }
        }

        return SafeAsync(outcome, shard, cancellationToken);
    }

    /// <summary>Deletes a subscription with all its messages; whoever waits for them is told.</summary>
    public ValueTask<CatalogueOutcome<SubscriptionDefinition>> DeleteSubscriptionAsync(
        string topicName, string name, CancellationToken cancellationToken)
    {
        EntityShard? shard = null;
        CatalogueOutcome<SubscriptionDefinition> outcome =
            new CatalogueOutcome<SubscriptionDefinition>.NotFound(EntityPath.Subscription(topicName, name));
        lock (_gate)
        {
            if (TryFind(topicName, name, out var topic, out var subscription))
            {
                Delete(topic, subscription);
                shard = topic.Shard;
                outcome = new CatalogueOutcome<SubscriptionDefinition>.Done(subscription.Definition);
            }
        }

        return SafeAsync(outcome, shard, cancellationToken);
    }

    /// <summary>A subscription as it is now.</summary>
    public EntityInfo<SubscriptionDefinition>? GetSubscription(string topicName, string name)
    {
        lock (_gate)
        {
            return TryFind(topicName, name, out _, out var subscription) ? InfoOf(subscription) : null;
        }
    }

    /// <summary>Subscriptions of a topic by name; none where there is no such topic.</summary>
    /// <param name="topicName">The topic.</param>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="top">The most to return.</param>
    public IReadOnlyList<EntityInfo<SubscriptionDefinition>>? GetSubscriptions(string topicName, int skip, int top)
    {
        lock (_gate)
        {
            return _topics.TryGetValue(topicName, out var topic)
                ? [.. topic.Subscriptions.OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase).Skip(skip).Take(top).Select(InfoOf)]
                : null;
        }
    }

    private bool TryFind(
        string topicName,
        string name,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Topic? topic,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Subscription? subscription)
    {
        subscription = _topics.TryGetValue(topicName, out topic) ? topic.Find(name) : null;
        return subscription is not null;
    }

    private Subscription Create(Topic topic, SubscriptionDefinition definition, bool isDeclared)
    {
        var created = new CatalogueRecord.SubscriptionCreated(definition, isDeclared, _clock.GetUtcNow());
        var number = ++_lastNumber;
        using (topic.Shard.Enter())
        {
            topic.Shard.Note(new EntityAddress(number), created);
            var subscription = Subscription.Of(number, created, topic);
            Register(topic, subscription);
            _idle.Watch(definition.AutoDeleteOnIdle);
            return subscription;
        }
    }

    private void Update(Topic topic, Subscription subscription, SubscriptionDefinition definition, bool isDeclared)
    {
        var updated = new CatalogueRecord.SubscriptionUpdated(definition, isDeclared, _clock.GetUtcNow());
        using (topic.Shard.Enter())
        {
            topic.Shard.Note(new EntityAddress(subscription.Number), updated);
            topic.Become(subscription, updated);
            subscription.Queue.RunDue(topic.Shard.Now());
        }

        _idle.Watch(definition.AutoDeleteOnIdle);
    }

    private void Delete(Topic topic, Subscription subscription)
    {
        using (topic.Shard.Enter())
        {
            topic.Shard.Note(new EntityAddress(subscription.Number), new CatalogueRecord.EntityDeleted());
            Unregister(topic, subscription);
        }
    }

    private static EntityInfo<SubscriptionDefinition> InfoOf(Subscription subscription) => EntityInfo<SubscriptionDefinition>.Of(
        subscription.Definition, subscription.Queue.Times, subscription.Queue.GetRuntimeCounts());

    private static string? CountProblem(Topic topic) => topic.Subscriptions.Count < EntityLimits.Subscriptions
        ? null
        : $"a topic has at most {EntityLimits.Subscriptions} subscriptions";
}
