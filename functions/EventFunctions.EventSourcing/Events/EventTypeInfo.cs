namespace EventFunctions.EventSourcing;

/// <summary>A registered event type.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="SchemaVersion">The schema version of the type's shape: the newest of this name.</param>
/// <param name="ClrType">The type that events of this name are read as, whatever version they were stored in.</param>
public sealed record EventTypeInfo(string Name, int SchemaVersion, Type ClrType);
