namespace EventFunctions.EventSourcing.Testing;

/// <summary>What an aggregate decided.</summary>
/// <param name="decision">The decision.</param>
/// <typeparam name="TEvent">The aggregate's events.</typeparam>
public sealed class DecisionOutcome<TEvent>(Decision<TEvent> decision)
    where TEvent : class, IDomainEvent
{
    /// <summary>The decision itself.</summary>
    public Decision<TEvent> Decision { get; } = decision;

    /// <summary>Just these events, in this order.</summary>
    /// <exception cref="SpecificationFailedException">It decided otherwise.</exception>
    public void Then(params IEnumerable<TEvent> expected)
    {
        List<TEvent> events = [.. expected];
        if (Decision is not Decision<TEvent>.Accepted accepted)
        {
            throw Expectation.Differs("The decision", Described.OfAll(events), Describe());
        }

        Expectation.SameInOrder("The decision", events, accepted.Events);
    }

    /// <summary>No event: what is commanded holds already.</summary>
    /// <exception cref="SpecificationFailedException">It decided otherwise.</exception>
    public void ThenNothing() => Then();

    /// <summary>A refusal with this code, and a message for a person.</summary>
    /// <exception cref="SpecificationFailedException">It decided otherwise, or gave no message.</exception>
    public void ThenRefused(string code)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        if (Decision is not Decision<TEvent>.Rejected { Reason: var reason } || reason.Code != code)
        {
            throw Expectation.Differs("The decision", $"refused: {code}", Describe());
        }

        if (string.IsNullOrWhiteSpace(reason.Message))
        {
            throw new SpecificationFailedException($"The refusal '{code}' has no message for a person.");
        }
    }

    /// <summary>As in a <see cref="DecisionTable"/>: stored names of the events joined by <c>+</c>, <c>-</c> for none, <c>!code</c> for a refusal.</summary>
    public string InShort() => Decision switch
    {
        Decision<TEvent>.Accepted { Events.Count: 0 } => "-",
        Decision<TEvent>.Accepted accepted => string.Join('+', accepted.Events.Select(Described.NameOf)),
        Decision<TEvent>.Rejected rejected => "!" + rejected.Reason.Code,
        var other => throw new InvalidOperationException($"A decision is accepted or rejected, not '{other}'."),
    };

    private string Describe() => Decision switch
    {
        Decision<TEvent>.Accepted accepted => Described.OfAll(accepted.Events),
        Decision<TEvent>.Rejected rejected => $"refused: {rejected.Reason.Code}\n{rejected.Reason.Message}",
        var other => throw new InvalidOperationException($"A decision is accepted or rejected, not '{other}'."),
    };
}
