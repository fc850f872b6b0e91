namespace EventFunctions.Local.ServiceBus;

/// <summary>What the messages of a queue or topic take, with those of all its sub-queues and subscriptions. Guarded by the shard's gate.</summary>
internal sealed class StorageMeter
{
    /// <summary>Bytes, as <see cref="MessageSize"/> counts them.</summary>
    public long Bytes { get; private set; }

    public void Add(long bytes) => Bytes += bytes;
}
