namespace EventFunctions.EventSourcing.Testing;

/// <summary>Runs commands one after the other from the initial state, and keeps what happened at each: for properties.</summary>
/// <param name="End">The state after the last command.</param>
/// <param name="History">Every event, the oldest first.</param>
/// <param name="Steps">What each command did.</param>
/// <typeparam name="TState">The aggregate's state.</typeparam>
/// <typeparam name="TEvent">The aggregate's events.</typeparam>
public sealed record Simulation<TState, TEvent>(TState End, IReadOnlyList<TEvent> History, IReadOnlyList<SimulationStep<TState, TEvent>> Steps)
    where TState : class, IAggregate<TState, TEvent>
    where TEvent : class, IDomainEvent
{
    /// <summary>Runs the commands; a refused one does nothing.</summary>
    /// <param name="commands">In their order.</param>
    /// <param name="decide">Pure.</param>
    /// <param name="now">The time the decider is told.</param>
    public static Simulation<TState, TEvent> Run<TCommand>(
        IEnumerable<TCommand> commands, Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> decide, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(decide);
        var state = TState.Initial;
        var history = new List<TEvent>();
        var steps = new List<SimulationStep<TState, TEvent>>();
        foreach (var command in commands)
        {
            var events = decide(state, command, now) is Decision<TEvent>.Accepted accepted ? accepted.Events : [];
            var before = state;
            state = events.Aggregate(state, (current, happened) => current.Apply(happened));
            history.AddRange(events);
            steps.Add(new SimulationStep<TState, TEvent>(before, events, state));
        }

        return new Simulation<TState, TEvent>(state, history, steps);
    }
}

/// <summary>What one command of a <see cref="Simulation{TState, TEvent}"/> did.</summary>
/// <param name="Before">The state it met; the same object as <paramref name="After"/> if nothing happened.</param>
/// <param name="Events">What happened.</param>
/// <param name="After">The state it left.</param>
/// <typeparam name="TState">The aggregate's state.</typeparam>
/// <typeparam name="TEvent">The aggregate's events.</typeparam>
public sealed record SimulationStep<TState, TEvent>(TState Before, IReadOnlyList<TEvent> Events, TState After)
    where TState : class
    where TEvent : class;
