using System.Reflection;
using System.Text.RegularExpressions;

namespace EventFunctions.EventSourcing;

/// <summary>What an event type must fulfil to be stored.</summary>
internal static partial class EventTypeRules
{
    /// <summary>Whether the type is a concrete event, or marked as one.</summary>
    public static bool Concerns(Type type) =>
        type is { IsAbstract: false, IsInterface: false } && (typeof(IDomainEvent).IsAssignableFrom(type) || AttributeOf(type) is not null);

    /// <summary>Everything that is wrong with the types, a sentence each.</summary>
    public static IReadOnlyList<string> Problems(IReadOnlyList<Type> types)
    {
        var duplicates = types
            .Where(t => AttributeOf(t) is not null)
            .GroupBy(t => (AttributeOf(t)!.Name, AttributeOf(t)!.SchemaVersion))
            .Where(g => g.Count() > 1)
            .Select(g => $"'{g.Key.Name}' version {g.Key.SchemaVersion} is the name of {string.Join(" and ", g.Select(t => t.FullName))}; give each its own.");
        return [.. types.Select(ProblemOf).OfType<string>(), .. duplicates];
    }

    /// <summary>The registration of a type without problems.</summary>
    public static EventTypeInfo Describe(Type type)
    {
        var attribute = AttributeOf(type)!;
        return new EventTypeInfo(attribute.Name, attribute.SchemaVersion, type);
    }

    private static string? ProblemOf(Type type) => AttributeOf(type) switch
    {
        _ when !typeof(IDomainEvent).IsAssignableFrom(type) => $"{type.FullName} is marked [EventType] but is no IDomainEvent.",
        _ when type.IsAbstract || type.IsValueType || type.ContainsGenericParameters =>
            $"{type.FullName} must be a concrete, non-generic class to be read back.",
        null => $"{type.FullName} has no [EventType]; give it its stored name.",
        { Name: var name } when name is null || !NamePattern().IsMatch(name) =>
            $"{type.FullName} is named '{name}'; a name is lower-case words joined by hyphens.",
        { SchemaVersion: < 1 and var version } => $"{type.FullName} has schema version {version}; the first is 1.",
        _ => null,
    };

    private static EventTypeAttribute? AttributeOf(Type type) => type.GetCustomAttribute<EventTypeAttribute>(inherit: false);

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
