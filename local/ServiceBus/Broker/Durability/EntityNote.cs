using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>A queue, topic or subscription at one moment, for a snapshot.</summary>
/// <param name="Number">The number of the entity.</param>
/// <param name="Steps">How many steps its shard had made.</param>
/// <param name="Definition">How it is declared.</param>
/// <param name="IsDeclared">Whether the topology declares it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When its definition was last changed.</param>
/// <param name="Parts">What its queues hold, by <see cref="EntityPart"/>.</param>
internal sealed record EntityNote<TDefinition>(
    uint Number, long Steps, TDefinition Definition, bool IsDeclared, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyList<QueueNote> Parts)
{
    public EntityNote(uint number, long steps, TDefinition definition, bool isDeclared, EntityTimes times, IReadOnlyList<QueueNote> parts)
        : this(number, steps, definition, isDeclared, times.CreatedAt, times.UpdatedAt, parts)
    {
    }

    /// <summary>Writes all but the definition and the parts.</summary>
    public void WriteHead(ref RecordWriter writer)
    {
        writer.Write(Number);
        writer.Write(Steps);
        writer.Write(IsDeclared);
        writer.Write(CreatedAt);
        writer.Write(UpdatedAt);
    }
}
