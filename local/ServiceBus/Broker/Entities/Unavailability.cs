namespace EventFunctions.Local.ServiceBus;

/// <summary>Why an entity does nothing of the kind it was asked for.</summary>
internal enum Unavailability
{
    /// <summary>It was deleted while the caller held on to it.</summary>
    Deleted,

    /// <summary>Its <see cref="EntityStatus"/> does not allow it.</summary>
    Disabled,

    /// <summary>It forwards all it gets, so nothing can be received from it.</summary>
    Forwarding,
}
