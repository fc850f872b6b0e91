namespace EventFunctions.Local.ServiceBus;

/// <summary>A queue and how it is declared. Changed under the gate of its shard.</summary>
internal sealed class QueueEntity(uint number, CatalogueRecord.QueueCreated created, EntityShard shard)
{
    /// <summary>The number of the entity.</summary>
    public uint Number { get; } = number;

    public QueueDefinition Definition { get; private set; } = created.Definition;

    /// <summary>Whether the topology declares it, and not the administration.</summary>
    public bool IsDeclared { get; private set; } = created.IsDeclared;

    public MessageQueue Queue { get; } = new(QueueSettings.Of(created.Definition), shard, number, created.At);

    public void Become(CatalogueRecord.QueueUpdated updated)
    {
        (Definition, IsDeclared, Queue.Times.UpdatedAt) = (updated.Definition, updated.IsDeclared, updated.At);
        Queue.Become(QueueSettings.Of(updated.Definition));
    }
}
