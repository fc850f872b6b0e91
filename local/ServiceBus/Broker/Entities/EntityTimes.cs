namespace EventFunctions.Local.ServiceBus;

/// <summary>When an entity was made, changed and used. Guarded by the shard's gate.</summary>
internal sealed class EntityTimes(DateTimeOffset createdAt)
{
    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>When its definition was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    /// <summary>When something was last sent, received, settled or peeked. Not logged: after a restart, the time of the restart.</summary>
    public DateTimeOffset AccessedAt { get; set; } = createdAt;
}
