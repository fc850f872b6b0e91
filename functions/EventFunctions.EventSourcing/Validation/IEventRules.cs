namespace EventFunctions.EventSourcing;

/// <summary>
/// What is true of every event of a kind that is appended from now on, beyond what its types say. Implementations have a
/// constructor without parameters and are pure; they are found by <see cref="EventTypeRegistry.FromAssemblies"/>.
/// </summary>
/// <remarks>
/// A rule sees the event alone, no state: whether an event may follow another is decided before. Reading asks no rules,
/// because history is never refused.
/// </remarks>
/// <typeparam name="TEvent">The events that the rules are for: one type, or the hierarchy of an aggregate.</typeparam>
public interface IEventRules<in TEvent>
    where TEvent : class, IDomainEvent
{
    /// <summary>Every rule that the event breaks.</summary>
    IEnumerable<EventProblem> Problems(TEvent @event);
}
