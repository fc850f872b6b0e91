namespace EventFunctions.Local.ServiceBus;

/// <summary>What the administration tells of an entity at one moment.</summary>
/// <typeparam name="TDefinition">What declares it.</typeparam>
/// <param name="Definition">How it is declared; a topic with its subscriptions, a subscription with its rules.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When its definition was last changed.</param>
/// <param name="AccessedAt">When it was last used in this run; before that, when the run began.</param>
/// <param name="Counts">What it has.</param>
internal sealed record EntityInfo<TDefinition>(
    TDefinition Definition, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset AccessedAt, RuntimeCounts Counts)
{
    /// <summary>With the times of an entity as they are now.</summary>
    public static EntityInfo<TDefinition> Of(TDefinition definition, EntityTimes times, RuntimeCounts counts) =>
        new(definition, times.CreatedAt, times.UpdatedAt, times.AccessedAt, counts);
}
