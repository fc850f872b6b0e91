namespace EventFunctions.EventSourcing;

/// <summary>Gives an event its stable name and schema version in stored data, independent of its CLR name.</summary>
/// <param name="name">
/// Lower-case words joined by hyphens, e.g. <c>order-placed</c>. A name once stored stays known when another takes its place, see
/// <see cref="EventTypeAliasAttribute"/>.
/// </param>
/// <param name="schemaVersion">
/// 1 or more; raised with every change of the stored shape. The former shape stays as a record marked
/// <see cref="RetiredEventAttribute"/>, with an <see cref="IEventUpcaster"/> from it.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventTypeAttribute(string name, int schemaVersion = 1) : Attribute
{
    /// <summary>The stored name.</summary>
    public string Name { get; } = name;

    /// <summary>The schema version this type's shape has.</summary>
    public int SchemaVersion { get; } = schemaVersion;
}
