using System.Collections.Frozen;
using System.Reflection;

namespace EventFunctions.EventSourcing;

/// <summary>
/// Every event type the code knows, by its CLR type and by the names and schema versions it is or once was stored under.
/// </summary>
public sealed class EventTypeRegistry
{
    private readonly FrozenDictionary<Type, EventTypeInfo> _byType;
    private readonly FrozenDictionary<(string Name, int SchemaVersion), EventReading> _readings;
    private readonly FrozenDictionary<Type, IReadOnlyList<EventRuleSet>> _rules;

    private EventTypeRegistry(IReadOnlyList<EventTypeInfo> types, IReadOnlyList<UpcasterLink> links, IReadOnlyList<EventRuleSet> rules)
    {
        Types = types;
        Versions = [.. types.SelectMany(t => EventHistory.VersionsOf(t, links))];
        _byType = types.ToFrozenDictionary(t => t.ClrType);
        _readings = types.SelectMany(t => EventHistory.ReadingsOf(t, links)).ToFrozenDictionary();
        _rules = types.ToFrozenDictionary(
            t => t.ClrType, IReadOnlyList<EventRuleSet> (t) => [.. rules.Where(r => r.EventType.IsAssignableFrom(t.ClrType))]);
    }

    /// <summary>All registered types, ordered by name.</summary>
    public IReadOnlyList<EventTypeInfo> Types { get; }

    /// <summary>All schema versions, retired and newest, of all registered types, ordered by name and schema version.</summary>
    public IReadOnlyList<EventVersionInfo> Versions { get; }

    /// <summary>Registers every event type that the assemblies define, with its rules and the upcasters from its retired versions.</summary>
    /// <exception cref="EventTypeRegistryException">
    /// Types that cannot be stored: without <see cref="EventTypeAttribute"/>, with a malformed name or version, or with the
    /// name of another type; retired versions that cannot be read: without an upcaster, or with more than one; or upcasters and
    /// rules that are for no event. The message lists all of them.
    /// </exception>
    public static EventTypeRegistry FromAssemblies(params Assembly[] assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        return FromTypes(assemblies.Distinct().SelectMany(a => a.GetTypes())
            .Where(t => EventTypeRules.Concerns(t) || RetiredShape.Concerns(t) || UpcasterLink.IsConcrete(t) || EventRuleSet.IsConcrete(t)));
    }

    /// <summary>Registers the given event types, retired shapes, upcasters and rules, by the same rules as <see cref="FromAssemblies"/>.</summary>
    /// <exception cref="EventTypeRegistryException">Types that cannot be stored or read; the message lists all of them.</exception>
    public static EventTypeRegistry FromTypes(params IEnumerable<Type> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        var given = types.Distinct().ToList();
        var upcasters = given.Where(UpcasterLink.Concerns).Select(UpcasterLink.Create).ToList();
        var links = upcasters.Select(u => u.Link).OfType<UpcasterLink>().ToList();
        var rules = given.Where(EventRuleSet.Concerns).ToList();
        var events = given.Where(t => !UpcasterLink.Concerns(t) && !EventRuleSet.Concerns(t) && !RetiredShape.Concerns(t)).ToList();
        var named = events.Where(EventTypeRules.IsNamed).Select(EventTypeRules.Describe).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        List<string> problems =
        [
            .. EventTypeRules.Problems(events),
            .. upcasters.Select(u => u.Problem).OfType<string>(),
            .. UpcasterRules.Problems(named, links, given.Where(RetiredShape.Concerns)),
            .. EventRuleSet.ProblemsOf(rules, named),
        ];
        return problems.Count == 0
            ? new EventTypeRegistry(named, links, [.. rules.SelectMany(EventRuleSet.Create)])
            : throw new EventTypeRegistryException(problems);
    }

    /// <summary>The registration of an event's CLR type.</summary>
    /// <exception cref="UnknownEventTypeException">The type is not registered.</exception>
    public EventTypeInfo Get(Type clrType)
    {
        ArgumentNullException.ThrowIfNull(clrType);
        return _byType.TryGetValue(clrType, out var info) ? info : throw new UnknownEventTypeException(clrType);
    }

    /// <summary>The type that events stored under a name, present or former, and a schema version, newest or retired, are read as.</summary>
    /// <exception cref="UnknownEventTypeException">No such type is registered.</exception>
    public EventTypeInfo Get(string name, int schemaVersion) => ReadingOf(name, schemaVersion).Type;

    /// <summary>Every name that events of a type may be stored under, the present one first; none if no type has that name now.</summary>
    /// <param name="name">The type's present name.</param>
    public IReadOnlyList<string> StoredNamesOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Versions.FirstOrDefault(v => v.Name == name) is { } known ? [known.Name, .. known.Aliases] : [];
    }

    /// <summary>Whether the CLR type is a registered event.</summary>
    /// <summary>The type whose shape a version of an event has: the event itself, or the retired shape.</summary>
    /// <exception cref="UnknownEventTypeException">No registered type has that name and schema version.</exception>
    internal Type ShapeOf(string name, int schemaVersion)
    {
        var newest = ReadingOf(name, schemaVersion).Type;
        return Versions.First(v => v.Name == newest.Name && v.SchemaVersion == schemaVersion).Shape;
    }

    internal bool Contains(Type clrType) => _byType.ContainsKey(clrType);

    /// <summary>The rules for events of a registered CLR type.</summary>
    internal IReadOnlyList<EventRuleSet> RulesOf(Type clrType) => _rules[clrType];

    /// <summary>How events stored under a name and schema version are read.</summary>
    /// <exception cref="UnknownEventTypeException">No such type is registered.</exception>
    internal EventReading ReadingOf(string name, int schemaVersion)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _readings.TryGetValue((name, schemaVersion), out var reading) ? reading : throw new UnknownEventTypeException(name, schemaVersion);
    }
}
