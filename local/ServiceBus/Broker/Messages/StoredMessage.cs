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
internal sealed class StoredMessage : ISequenced
{
    public required long SequenceNumber { get; init; }

    /// <summary>The number it had where it was first sent to.</summary>
    public required long EnqueuedSequenceNumber { get; init; }

    /// <summary>What was sent. The entity holds it as long as the message is in it.</summary>
    public required KeptMessage Message { get; set; }

    /// <summary>The session it is in, in an entity with sessions.</summary>
    public SessionEntry? Session { get; set; }

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

    /// <summary>Its receiver's hold on it, if it has one.</summary>
    public MessageLock? Lock { get; set; }
}
