namespace EventFunctions.EventSourcing;

/// <summary>The state of an aggregate: an immutable record that moves from event to event, and nowhere else.</summary>
/// <typeparam name="TSelf">The state record itself.</typeparam>
/// <typeparam name="TEvent">The closed hierarchy of the aggregate's events.</typeparam>
public interface IAggregate<TSelf, in TEvent>
    where TSelf : class, IAggregate<TSelf, TEvent>
    where TEvent : class, IDomainEvent
{
    /// <summary>The category of the aggregate's streams, see <see cref="StreamName.Category"/>.</summary>
    static abstract string Category { get; }

    /// <summary>The number of the state's stored shape: raise it and every older snapshot is rebuilt from events.</summary>
    static abstract int StateSchema { get; }

    /// <summary>The state before the first event.</summary>
    static abstract TSelf Initial { get; }

    /// <summary>The state after <paramref name="event"/>. Pure, and total over the hierarchy: history is never refused.</summary>
    TSelf Apply(TEvent @event);
}
