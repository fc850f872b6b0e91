using System.Collections.Frozen;
using System.Reflection;

namespace EventFunctions.EventSourcing;

/// <summary>Every event type the code knows, by its CLR type and by its stored name and schema version.</summary>
public sealed class EventTypeRegistry
{
    private readonly FrozenDictionary<Type, EventTypeInfo> _byType;
    private readonly FrozenDictionary<(string Name, int SchemaVersion), EventTypeInfo> _byName;

    private EventTypeRegistry(IReadOnlyList<EventTypeInfo> types)
    {
        Types = types;
        _byType = types.ToFrozenDictionary(t => t.ClrType);
        _byName = types.ToFrozenDictionary(t => (t.Name, t.SchemaVersion));
    }

    /// <summary>All registered types, ordered by name and schema version.</summary>
    public IReadOnlyList<EventTypeInfo> Types { get; }

    /// <summary>Registers every event type that the assemblies define.</summary>
    /// <exception cref="EventTypeRegistryException">
    /// Types that cannot be stored: without <see cref="EventTypeAttribute"/>, with a malformed name or version, or with the
    /// name and version of another type. The message lists all of them.
    /// </exception>
    public static EventTypeRegistry FromAssemblies(params Assembly[] assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        return FromTypes(assemblies.Distinct().SelectMany(a => a.GetTypes()).Where(EventTypeRules.Concerns));
    }

    /// <summary>Registers the given event types, by the same rules as <see cref="FromAssemblies"/>.</summary>
    /// <exception cref="EventTypeRegistryException">Types that cannot be stored; the message lists all of them.</exception>
    public static EventTypeRegistry FromTypes(params IEnumerable<Type> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        var candidates = types.Distinct().ToList();
        var problems = EventTypeRules.Problems(candidates);
        if (problems.Count > 0)
        {
            throw new EventTypeRegistryException(problems);
        }

        return new EventTypeRegistry(
        [
            .. candidates.Select(EventTypeRules.Describe)
                .OrderBy(t => t.Name, StringComparer.Ordinal)
                .ThenBy(t => t.SchemaVersion),
        ]);
    }

    /// <summary>The registration of an event's CLR type.</summary>
    /// <exception cref="UnknownEventTypeException">The type is not registered.</exception>
    public EventTypeInfo Get(Type clrType)
    {
        ArgumentNullException.ThrowIfNull(clrType);
        return _byType.TryGetValue(clrType, out var info) ? info : throw new UnknownEventTypeException(clrType);
    }

    /// <summary>The registration of a stored name and schema version.</summary>
    /// <exception cref="UnknownEventTypeException">No such type is registered.</exception>
    public EventTypeInfo Get(string name, int schemaVersion)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _byName.TryGetValue((name, schemaVersion), out var info) ? info : throw new UnknownEventTypeException(name, schemaVersion);
    }
}
