using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Tests.Kit;

/// <summary>Given these events, when this is commanded, then those events or that refusal.</summary>
internal sealed class Scenario<TState, TEvent, TCommand>(Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> decide)
    where TState : class, IAggregate<TState, TEvent>
    where TEvent : class, IDomainEvent
{
    public Past Given(params IEnumerable<TEvent> history) => new(decide, history.Aggregate(TState.Initial, (state, e) => state.Apply(e)));

    internal sealed record Past(Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> Decide, TState State)
    {
        public Outcome When(TCommand command) => new(Decide(State, command, Sample.Now));
    }

    internal sealed record Outcome(Decision<TEvent> Decision)
    {
        /// <summary>Just these events, in this order.</summary>
        public void Then(params IEnumerable<TEvent> expected) =>
            Assert.Equal(expected, Assert.IsType<Decision<TEvent>.Accepted>(Decision).Events);

        /// <summary>The command holds already.</summary>
        public void ThenNothing() => Then();

        public void ThenRefused(string code)
        {
            var reason = Assert.IsType<Decision<TEvent>.Rejected>(Decision).Reason;
            Assert.Equal(code, reason.Code);
            Assert.False(string.IsNullOrWhiteSpace(reason.Message));
        }

        /// <summary>As in a <see cref="DecisionTable"/>: stored names of the events, <c>-</c> for none, <c>!code</c> for a refusal.</summary>
        public string InShort() => Decision switch
        {
            Decision<TEvent>.Accepted { Events.Count: 0 } => "-",
            Decision<TEvent>.Accepted accepted => string.Join('+', accepted.Events.Select(e => Sample.Registry.Get(e.GetType()).Name)),
            Decision<TEvent>.Rejected rejected => "!" + rejected.Reason.Code,
            _ => throw new InvalidOperationException("A decision is accepted or rejected."),
        };
    }
}
