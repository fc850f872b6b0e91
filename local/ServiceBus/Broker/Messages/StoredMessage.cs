namespace EventFunctions.Local.ServiceBus;

/// <summary>Where in an entity a message is. Stored: a number keeps its meaning.</summary>
internal enum MessagePlace
{
    /// <summary>Ready for the next receiver.</summary>
    Available,

    /// <summary>With a receiver that has not settled it yet.</summary>
    Locked,

    /// <summary>Set aside, to be asked for by its number.</summary>
    Deferred,

    /// <summary>Waiting for its time.</summary>
    Scheduled,

    /// <summary>No longer in the entity.</summary>
    Gone,
}

/// <summary>A message as one entity keeps it. Changed by <see cref="QueueState.Apply"/> alone.</summary>
internal sealed class StoredMessage : ISequenced, ILocked
{
    public required long SequenceNumber { get; init; }

    /// <summary>The number it had where it was first sent to.</summary>
    public required long EnqueuedSequenceNumber { get; init; }

    public required BrokerMessage Message { get; set; }

    /// <summary>What it takes, in bytes, as <see cref="MessageSize"/> counts them.</summary>
    public long Size { get; set; }

    /// <summary>For a scheduled message, when it is due.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The entity it was dead-lettered in, if it was.</summary>
    public string? DeadLetterSource { get; init; }

    /// <summary>Deliveries that ended without the message being settled for good.</summary>
    public int DeliveryCount { get; set; }

    public MessagePlace Place { get; set; }

    /// <summary>Once deferred, a message is found by its number only, also after it was locked and given back.</summary>
    public bool IsDeferred { get; set; }

    public Guid LockToken { get; set; }

    public DateTimeOffset LockedUntil { get; set; }

    /// <summary>Its place in the list of locks (of the entity, or of the session it is in).</summary>
    public LinkedListNode<StoredMessage>? LockNode { get; set; }
}
