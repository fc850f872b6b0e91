namespace EventFunctions.EventSourcing.Testing;

/// <summary>Given these events, when this is commanded, then those events, nothing, or that refusal.</summary>
/// <typeparam name="TState">The aggregate's state.</typeparam>
/// <typeparam name="TEvent">The aggregate's events.</typeparam>
/// <typeparam name="TCommand">The commands its decider takes.</typeparam>
public sealed class AggregateSpecification<TState, TEvent, TCommand>
    where TState : class, IAggregate<TState, TEvent>
    where TEvent : class, IDomainEvent
{
    private readonly Func<TState, TCommand, Decision<TEvent>> _decide;

    /// <summary>Specifies a decider that needs no clock.</summary>
    /// <param name="decide">Pure.</param>
    public AggregateSpecification(Func<TState, TCommand, Decision<TEvent>> decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        _decide = decide;
    }

    /// <summary>Specifies a decider that is told the time.</summary>
    /// <param name="decide">Pure.</param>
    /// <param name="now">The time it is told.</param>
    public AggregateSpecification(Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> decide, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(decide);
        _decide = (state, command) => decide(state, command, now);
    }

    /// <summary>This happened before, the oldest first; nothing, if no event is given.</summary>
    public GivenAggregate<TState, TEvent, TCommand> Given(params IEnumerable<TEvent> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return GivenState(history.Aggregate(TState.Initial, (state, happened) => state.Apply(happened)));
    }

    /// <summary>This is the state, whatever led to it: for what no short history reaches.</summary>
    public GivenAggregate<TState, TEvent, TCommand> GivenState(TState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new GivenAggregate<TState, TEvent, TCommand>(_decide, state);
    }
}

/// <summary>An aggregate that waits for a command. May be asked more than once: a decision changes nothing.</summary>
/// <param name="decide">The decider.</param>
/// <param name="state">The state it decides on.</param>
/// <typeparam name="TState">The aggregate's state.</typeparam>
/// <typeparam name="TEvent">The aggregate's events.</typeparam>
/// <typeparam name="TCommand">The commands its decider takes.</typeparam>
public sealed class GivenAggregate<TState, TEvent, TCommand>(Func<TState, TCommand, Decision<TEvent>> decide, TState state)
    where TState : class, IAggregate<TState, TEvent>
    where TEvent : class, IDomainEvent
{
    /// <summary>The state the given events lead to.</summary>
    public TState State { get; } = state;

    /// <summary>This is commanded.</summary>
    public DecisionOutcome<TEvent> When(TCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return new DecisionOutcome<TEvent>(decide(State, command));
    }
}
