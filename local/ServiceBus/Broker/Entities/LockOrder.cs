namespace EventFunctions.Local.ServiceBus;

/// <summary>Something that is locked until a time.</summary>
internal interface ILocked
{
    DateTimeOffset LockedUntil { get; }
}

/// <summary>Keeps locks by their end, earliest first.</summary>
internal static class LockOrder
{
    /// <summary>Puts a lock in its place: at the end of the list, unless locks were longer before.</summary>
    public static void Insert<T>(this LinkedList<T> locks, LinkedListNode<T> node)
        where T : ILocked
    {
        var before = locks.Last;
        while (before is not null && before.Value.LockedUntil > node.Value.LockedUntil)
        {
            before = before.Previous;
        }

        if (before is null)
        {
            locks.AddFirst(node);
        }
        else
        {
            locks.AddAfter(before, node);
        }
    }
}
