namespace EventFunctions.EventSourcing;

/// <summary>An event of a type that is not registered: it is never skipped, because state without it would be wrong.</summary>
public sealed class UnknownEventTypeException : Exception
{
    /// <summary>A stored name and schema version that no registered type has.</summary>
    public UnknownEventTypeException(string name, int schemaVersion)
        : base($"No event type '{name}' of schema version {schemaVersion} is registered. Deploy the code that knows it, or register its assembly.")
    {
        Name = name;
        SchemaVersion = schemaVersion;
    }

    /// <summary>A CLR type that is not registered.</summary>
    public UnknownEventTypeException(Type clrType)
        : base($"{clrType?.FullName} is not a registered event type. Register its assembly.")
    {
    }

    /// <summary>The stored name, where that was looked up.</summary>
    public string? Name { get; }

    /// <summary>The stored schema version, where that was looked up.</summary>
    public int? SchemaVersion { get; }
}
