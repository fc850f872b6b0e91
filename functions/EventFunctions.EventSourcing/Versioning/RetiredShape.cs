using System.Reflection;

namespace EventFunctions.EventSourcing;

/// <summary>What the shape of a retired version must fulfil.</summary>
internal static class RetiredShape
{
    /// <summary>Whether the type is marked as one.</summary>
    public static bool Concerns(Type type) => AttributeOf(type) is not null;

    /// <summary>Which version of which event it is.</summary>
    public static RetiredEventAttribute? AttributeOf(Type type) => type.GetCustomAttribute<RetiredEventAttribute>(inherit: false);

    /// <summary>What is wrong with the shape, in a sentence.</summary>
    public static string? ProblemOf(Type? shape) => shape is null ? "it has none." : AttributeOf(shape) switch
    {
        null => $"{shape.FullName} has no [RetiredEvent]; mark it with the event's name and the version of the shape.",
        _ when typeof(IDomainEvent).IsAssignableFrom(shape) =>
            $"{shape.FullName} is marked [RetiredEvent] but is an IDomainEvent; nothing is read as a retired version, so it must not be one.",
        _ when shape.IsAbstract || shape.ContainsGenericParameters =>
            $"{shape.FullName} must be a concrete, non-generic class to describe stored data.",
        { Name: var name } when !EventName.IsValid(name) => $"{shape.FullName} is named '{name}'; a name is {EventName.Form}.",
        { SchemaVersion: < 1 and var version } => $"{shape.FullName} has schema version {version}; the first is 1.",
        _ => null,
    };
}
