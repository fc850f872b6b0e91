using System.Reflection;

namespace EventFunctions.EventSourcing;

/// <summary>What an event type must fulfil to be stored.</summary>
internal static class EventTypeRules
{
    /// <summary>Whether the type is a concrete event, or marked as one.</summary>
    public static bool Concerns(Type type) =>
        type is { IsAbstract: false, IsInterface: false } && (typeof(IDomainEvent).IsAssignableFrom(type) || AttributeOf(type) is not null);

    /// <summary>Whether the type says which event it is, well or badly.</summary>
    public static bool IsNamed(Type type) => AttributeOf(type)?.Name is not null;

    /// <summary>Everything that is wrong with the types, a sentence each.</summary>
    public static IEnumerable<string> Problems(IReadOnlyList<Type> types)
    {
        var named = types.Where(IsNamed).ToList();
        var names = named.Select(t => AttributeOf(t)!.Name).ToHashSet(StringComparer.Ordinal);
        var doubled = named
            .GroupBy(t => AttributeOf(t)!.Name, StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .Select(g => $"'{g.Key}' is the name of {Listed(g)}; give each its own, or retire the older version with [RetiredEvent].");
        return [.. types.Select(ProblemOf).OfType<string>(), .. doubled, .. AliasProblems(types, names)];
    }

    /// <summary>The registration of a type that is named.</summary>
    public static EventTypeInfo Describe(Type type)
    {
        var attribute = AttributeOf(type)!;
        return new EventTypeInfo(attribute.Name, attribute.SchemaVersion, type);
    }

    /// <summary>The former names of a type.</summary>
    public static IReadOnlyList<string> AliasesOf(Type type) =>
        [.. type.GetCustomAttributes<EventTypeAliasAttribute>(inherit: false).Select(a => a.Name).Order(StringComparer.Ordinal)];

    private static string? ProblemOf(Type type) => AttributeOf(type) switch
    {
        _ when !typeof(IDomainEvent).IsAssignableFrom(type) => $"{type.FullName} is marked [EventType] but is no IDomainEvent.",
        _ when type.IsAbstract || type.IsValueType || type.ContainsGenericParameters =>
            $"{type.FullName} must be a concrete, non-generic class to be read back.",
        null => $"{type.FullName} has no [EventType]; give it its stored name.",
        { Name: var name } when !EventName.IsValid(name) => $"{type.FullName} is named '{name}'; a name is {EventName.Form}.",
        { SchemaVersion: < 1 and var version } => $"{type.FullName} has schema version {version}; the first is 1.",
        _ => null,
    };

    private static IEnumerable<string> AliasProblems(IReadOnlyList<Type> types, HashSet<string> names)
    {
        var aliases = types.SelectMany(t => AliasesOf(t).Select(alias => (Alias: alias, Type: t))).ToList();
        foreach (var (alias, type) in aliases)
        {
            if (!EventName.IsValid(alias))
            {
                yield return $"{type.FullName} has the alias '{alias}'; a name is {EventName.Form}.";
            }
            else if (names.Contains(alias))
            {
                yield return $"{type.FullName} has the alias '{alias}', which is the name of an event; stored events of that name would be two things.";
            }
        }

        foreach (var alias in aliases.GroupBy(a => a.Alias, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            yield return $"'{alias.Key}' is an alias more than once: of {string.Join(" and of ", alias.Select(a => a.Type.FullName))}.";
        }
    }

    private static string Listed(IEnumerable<Type> types) =>
        string.Join(" and ", types.Select(t => $"{t.FullName} (version {AttributeOf(t)!.SchemaVersion})"));

    private static EventTypeAttribute? AttributeOf(Type type) => type.GetCustomAttribute<EventTypeAttribute>(inherit: false);
}
