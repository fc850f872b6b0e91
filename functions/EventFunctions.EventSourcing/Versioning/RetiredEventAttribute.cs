namespace EventFunctions.EventSourcing;

/// <summary>
/// Marks a record that has the shape in which an event was stored before it got its present one. It is no
/// <see cref="IDomainEvent"/>: nothing raises it and nothing is read as it. It says what an <see cref="IEventUpcaster"/> may
/// rely on, and documents what lies in the streams.
/// </summary>
/// <param name="name">The event's present name, also where the stored events carry an alias.</param>
/// <param name="schemaVersion">1 or more, and less than the version of the event's present shape.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RetiredEventAttribute(string name, int schemaVersion) : Attribute
{
    /// <summary>The event's present name.</summary>
    public string Name { get; } = name;

    /// <summary>The schema version that the shape had.</summary>
    public int SchemaVersion { get; } = schemaVersion;
}
