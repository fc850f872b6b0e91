namespace EventFunctions.Local.ServiceBus;

/// <summary>One session of an entity: its messages ready for delivery, who holds it, its state.</summary>
internal sealed class SessionEntry(string id) : ILocked
{
    public string Id { get; } = id;

    public AvailableMessages Available { get; } = new();

    /// <summary>Messages the holder has received and not settled.</summary>
    public LinkedList<MessageLock> Held { get; } = new();

    /// <summary>All its messages in the entity, wherever they are.</summary>
    public int MessageCount { get; set; }

    /// <summary>The holder's token; none when nobody holds it.</summary>
    public Guid? LockToken { get; set; }

    public DateTimeOffset LockedUntil { get; set; }

    public LinkedListNode<SessionEntry>? LockNode { get; set; }

    public ReadOnlyMemory<byte>? State { get; set; }

    /// <summary>When the state was last set.</summary>
    public DateTimeOffset StateSetAt { get; set; }

    /// <summary>Its place in the line of sessions to be handed out, if it stands there.</summary>
    public LinkedListNode<SessionEntry>? LineNode { get; set; }

    /// <summary>Whether it is to be handed out: it has something to deliver, and nobody holds it.</summary>
    public bool IsWaiting => LockToken is null && Available.Head is not null;

    /// <summary>Whether its holder is to be told that there is something to receive.</summary>
    public bool Stirred { get; set; }

    /// <summary>Nothing would be lost by forgetting it.</summary>
    public bool IsVacant => MessageCount == 0 && LockToken is null && State is null;
}
