using System.Text.Json;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Tests.Kit;

/// <summary>Every state that some commands reach in so many steps, and what each command raises in each of them.</summary>
internal static class Exploration
{
    /// <summary>The pairs of a command and an event it raised, by the names of their types.</summary>
    public static ISet<(string Command, string Event)> RaisedBy<TState, TEvent, TCommand>(
        IReadOnlyList<TCommand> commands, Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> decide, int steps)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent
        where TCommand : notnull
    {
        var raised = new HashSet<(string, string)>();
        var seen = new HashSet<string>();
        var frontier = new List<TState> { TState.Initial };
        for (var step = 0; step < steps; step++)
        {
            var next = new List<TState>();
            foreach (var (state, command) in frontier.SelectMany(s => commands.Select(c => (s, c))))
            {
                var events = decide(state, command, Sample.Now) is Decision<TEvent>.Accepted accepted ? accepted.Events : [];
                raised.UnionWith(events.Select(e => (command.GetType().Name, e.GetType().Name)));
                var after = events.Aggregate(state, (s, e) => s.Apply(e));
                if (seen.Add(JsonSerializer.Serialize(after, EventJson.Options)))
                {
                    next.Add(after);
                }
            }

            frontier = next;
        }

        return raised;
    }
}
