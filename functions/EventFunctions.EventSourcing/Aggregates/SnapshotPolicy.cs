namespace EventFunctions.EventSourcing;

/// <summary>Which appends leave a snapshot of the state in the stream's head.</summary>
/// <remarks>
/// It weighs what loading costs against what appending costs: a state without a snapshot of its own version is brought up to
/// date from events, and a snapshot is written with every append that carries it on. The state told is the same under each.
/// </remarks>
public abstract record SnapshotPolicy
{
    private SnapshotPolicy()
    {
    }

    /// <summary>A snapshot with every append: loading is one point read, whatever the stream's length. For states that are small.</summary>
    public static SnapshotPolicy EveryAppend { get; } = new Rolling();

    /// <summary>No snapshot at all: loading reads every event. For streams that stay short.</summary>
    public static SnapshotPolicy Never { get; } = new None();

    /// <summary>
    /// A snapshot once so many events have come since the last one; the appends between carry that one on as it is, so
    /// loading reads fewer than <paramref name="events"/> events besides the head. For states that are costly to write out.
    /// </summary>
    /// <param name="events">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public static SnapshotPolicy EveryEvents(int events)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(events, 1);
        return new Every(events);
    }

    /// <summary>The snapshot that the head has after an append: a new one, the last one, or none. Pure.</summary>
    /// <param name="last">The last snapshot that serves, if there is one.</param>
    /// <param name="version">The version of <paramref name="state"/>.</param>
    /// <param name="state">The state after the append.</param>
    /// <typeparam name="TState">The aggregate's state.</typeparam>
    /// <typeparam name="TEvent">The aggregate's events.</typeparam>
    internal StateSnapshot? Next<TState, TEvent>(StateSnapshot? last, long version, TState state)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent => this switch
        {
            Rolling => Taken<TState, TEvent>(version, state),
            Every every => version - (last?.Version ?? 0) >= every.Events ? Taken<TState, TEvent>(version, state) : last,
            None => null,
            _ => throw new InvalidOperationException($"Unknown policy {this}."),
        };

    /// <summary>What a head that is kept in memory has to keep of its snapshot for the next append: all of it, or nothing.</summary>
    internal StateSnapshot? Keep(StateSnapshot? snapshot) => this is Every ? snapshot : null;

    private static StateSnapshot Taken<TState, TEvent>(long version, TState state)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent => new(TState.StateSchema, version, RawJson.Of(state));

    private sealed record Rolling : SnapshotPolicy;

    private sealed record Every(int Events) : SnapshotPolicy;

    private sealed record None : SnapshotPolicy;
}
