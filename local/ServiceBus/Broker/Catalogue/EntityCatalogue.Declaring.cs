namespace EventFunctions.Local.ServiceBus;

internal sealed partial class EntityCatalogue
{
    /// <summary>
    /// Makes the entities what a topology declares: new ones are added, changed settings and rules taken. What it no longer declares is
    /// deleted where it holds no messages; what the administration made and the topology does not name stays.
    /// </summary>
    /// <exception cref="MessagingTopologyException">Messages, sessions or duplicate detection stand against it. Nothing is changed then.</exception>
    public void Declare(MessagingTopology topology)
    {
        lock (_gate)
        {
            TopologyChanges.Check(topology, _queues, _topics);
            foreach (var gone in TopologyChanges.Gone(topology.Queues.Select(q => q.Name), _queues.Values.Where(q => q.IsDeclared), q => q.Definition.Name))
            {
                Delete(gone);
            }

            foreach (var gone in TopologyChanges.Gone(topology.Topics.Select(t => t.Name), _topics.Values.Where(t => t.IsDeclared), t => t.Path))
            {
                Delete(gone);
            }

            foreach (var definition in topology.Topics)
            {
                Declare(definition);
            }

            foreach (var definition in topology.Queues)
            {
                if (!_queues.TryGetValue(definition.Name, out var entity))
                {
                    Create(definition, isDeclared: true);
                }
                else if (!entity.IsDeclared || !TopologyChanges.IsSame(definition, entity.Definition))
                {
                    Update(entity, definition with { Name = entity.Definition.Name }, isDeclared: true);
                }
            }
        }
    }

    private void Declare(TopicDefinition definition)
    {
        if (!_topics.TryGetValue(definition.Name, out var topic))
        {
            topic = Create(definition, isDeclared: true);
        }
        else if (!topic.IsDeclared || !TopologyChanges.IsSame(definition, topic.Definition))
        {
            Update(topic, definition with { Name = topic.Path }, isDeclared: true);
        }

        var declared = topic.Subscriptions.Where(s => s.IsDeclared);
        foreach (var gone in TopologyChanges.Gone(definition.Subscriptions.Select(s => s.Name), declared, s => s.Name))
        {
            Delete(topic, gone);
        }

        foreach (var subscription in definition.Subscriptions)
        {
            if (topic.Find(subscription.Name) is not { } existing)
            {
                Create(topic, subscription, isDeclared: true);
            }
            else if (!existing.IsDeclared || !TopologyChanges.IsSame(subscription, existing.Definition))
            {
                Update(topic, existing, subscription with { Name = existing.Name }, isDeclared: true);
            }
        }
    }
}
