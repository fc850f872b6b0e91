namespace EventFunctions.Local.ServiceBus;

internal sealed partial class EntityCatalogue
{
    /// <summary>Makes all that a topology declares, where there is nothing yet.</summary>
    public void Declare(MessagingTopology topology)
    {
        lock (_gate)
        {
            foreach (var definition in topology.Topics)
            {
                var topic = Create(definition, isDeclared: true);
                foreach (var subscription in definition.Subscriptions)
                {
                    Create(topic, subscription, isDeclared: true);
                }
            }

            foreach (var definition in topology.Queues)
            {
                Create(definition, isDeclared: true);
            }
        }
    }
}
