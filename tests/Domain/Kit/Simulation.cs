using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Tests.Kit;

/// <summary>Runs commands one after the other from the initial state, and keeps what happened at each.</summary>
internal sealed record Simulation<TState, TEvent>(TState End, IReadOnlyList<TEvent> History, IReadOnlyList<Simulation<TState, TEvent>.Step> Steps)
    where TState : class, IAggregate<TState, TEvent>
    where TEvent : class, IDomainEvent
{
    public static Simulation<TState, TEvent> Run<TCommand>(
        IEnumerable<TCommand> commands, Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> decide)
    {
        var state = TState.Initial;
        var history = new List<TEvent>();
        var steps = new List<Step>();
        foreach (var command in commands)
        {
            var events = decide(state, command, Sample.Now) is Decision<TEvent>.Accepted accepted ? accepted.Events : [];
            var before = state;
            foreach (var happened in events)
            {
                state = state.Apply(happened);
                history.Add(happened);
            }

            steps.Add(new Step(before, events, state));
        }

        return new Simulation<TState, TEvent>(state, history, steps);
    }

    internal sealed record Step(TState Before, IReadOnlyList<TEvent> Events, TState After);
}
