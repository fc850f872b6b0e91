namespace EventFunctions.EventSourcing;

/// <summary>A registered event type.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="SchemaVersion">The schema version of the type's shape.</param>
/// <param name="ClrType">The type that events of this name and version are read as.</param>
public sealed record EventTypeInfo(string Name, int SchemaVersion, Type ClrType);
