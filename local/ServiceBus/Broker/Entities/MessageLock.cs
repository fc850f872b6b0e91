namespace EventFunctions.Local.ServiceBus;

/// <summary>A receiver's hold on a message. An object of its own: most messages wait, and only few are locked at a time.</summary>
internal sealed class MessageLock : ILocked
{
    public MessageLock(StoredMessage message, Guid token, DateTimeOffset until)
    {
        Message = message;
        Token = token;
        LockedUntil = until;
        Node = new LinkedListNode<MessageLock>(this);
    }

    public StoredMessage Message { get; }

    /// <summary>The key to settling the message.</summary>
    public Guid Token { get; }

    /// <inheritdoc />
    public DateTimeOffset LockedUntil { get; set; }

    /// <summary>Its place in the list of locks (of the entity, or of the session it is in).</summary>
    public LinkedListNode<MessageLock> Node { get; }
}
