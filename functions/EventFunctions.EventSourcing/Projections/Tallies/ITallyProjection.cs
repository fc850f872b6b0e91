namespace EventFunctions.EventSourcing;

/// <summary>
/// Adds up what happened in many streams: each stream contributes to some tallies, and what it contributes may change with
/// every event of it.
/// </summary>
/// <typeparam name="TState">What is remembered of one stream: an immutable record that serializes to JSON.</typeparam>
/// <typeparam name="TTally">What is added up.</typeparam>
public interface ITallyProjection<TState, TTally>
    where TState : class
    where TTally : class, ITally<TTally>
{
    /// <summary>The stored kind of the tallies, lower-case and hyphenated, e.g. <c>sales</c>.</summary>
    string Name { get; }

    /// <summary>What is remembered after an event. Pure.</summary>
    /// <param name="state">What was remembered; <see langword="null"/> before the stream's first event.</param>
    /// <param name="envelope">The next event of the stream.</param>
    TState Apply(TState? state, EventEnvelope envelope);

    /// <summary>What the stream contributes, by the tally. Pure. No tally twice; in one partition at most 99.</summary>
    IReadOnlyDictionary<ViewKey, TTally> ContributionsOf(TState state);
}

/// <summary>Something that can be added up: an immutable record with the equality of its value.</summary>
/// <typeparam name="TSelf">The record.</typeparam>
public interface ITally<TSelf>
    where TSelf : class, ITally<TSelf>
{
    /// <summary>Nothing; added to anything it changes nothing.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>The sum. The order of additions does not matter.</summary>
    TSelf Plus(TSelf other);

    /// <summary>The sum without what was added before.</summary>
    TSelf Minus(TSelf other);
}
