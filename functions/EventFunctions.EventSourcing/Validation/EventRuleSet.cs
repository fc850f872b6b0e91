using System.Reflection;

namespace EventFunctions.EventSourcing;

/// <summary>Rules as the validator calls them, whatever kind of event they are for.</summary>
/// <param name="EventType">The events that the rules are for.</param>
/// <param name="Problems">Every rule that an event of that type breaks.</param>
internal sealed record EventRuleSet(Type EventType, Func<IDomainEvent, IEnumerable<EventProblem>> Problems)
{
    private const BindingFlags Constructors = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly MethodInfo AdaptMethod =
        typeof(EventRuleSet).GetMethod(nameof(Adapt), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>Whether the type has rules.</summary>
    public static bool Concerns(Type type) => !type.IsInterface && EventTypesOf(type).Any();

    /// <summary>Whether the type has rules that an assembly's search should find.</summary>
    public static bool IsConcrete(Type type) => !type.IsAbstract && Concerns(type);

    /// <summary>What keeps types from being rules for the events, a sentence each.</summary>
    public static IEnumerable<string> ProblemsOf(IEnumerable<Type> rules, IReadOnlyList<EventTypeInfo> events) => rules.SelectMany(type =>
        IsCreatable(type)
            ? EventTypesOf(type)
                .Where(kind => !events.Any(e => kind.IsAssignableFrom(e.ClrType)))
                .Select(kind => $"{type.FullName} has rules for {kind.FullName}, and no event of that type is registered.")
            : [$"{type.FullName} must be a concrete, non-generic class with a constructor without parameters."]);

    /// <summary>The rules of a type without problems.</summary>
    public static IEnumerable<EventRuleSet> Create(Type type)
    {
        var rules = Activator.CreateInstance(type, nonPublic: true)!;
        return EventTypesOf(type).Select(kind => (EventRuleSet)AdaptMethod.MakeGenericMethod(kind).Invoke(null, [rules])!);
    }

    private static bool IsCreatable(Type type) =>
        !type.IsAbstract && !type.ContainsGenericParameters && type.GetConstructor(Constructors, []) is not null;

    private static IEnumerable<Type> EventTypesOf(Type type) => type.GetInterfaces()
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEventRules<>))
        .Select(i => i.GetGenericArguments()[0]);

    private static EventRuleSet Adapt<TEvent>(IEventRules<TEvent> rules)
        where TEvent : class, IDomainEvent => new(typeof(TEvent), e => rules.Problems((TEvent)e));
}
