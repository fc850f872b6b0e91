namespace EventFunctions.EventSourcing;

/// <summary>What an aggregate answers to a command: events, or a refusal. Never an exception.</summary>
/// <typeparam name="TEvent">The aggregate's events.</typeparam>
public abstract record Decision<TEvent>
    where TEvent : class, IDomainEvent
{
    private Decision()
    {
    }

    /// <summary>The command holds; the events are what it did, possibly nothing.</summary>
    /// <param name="Events">In the order they happened.</param>
    public sealed record Accepted(IReadOnlyList<TEvent> Events) : Decision<TEvent>;

    /// <summary>The command breaks a rule; nothing happened.</summary>
    /// <param name="Reason">Which rule.</param>
    public sealed record Rejected(Rejection Reason) : Decision<TEvent>;

    /// <summary>The command holds and did this.</summary>
    public static Decision<TEvent> Accept(params IReadOnlyList<TEvent> events) => new Accepted(events);

    /// <summary>The command breaks a rule.</summary>
    /// <param name="code">Stable, lower-case, hyphenated, e.g. <c>out-of-stock</c>.</param>
    /// <param name="message">For a person.</param>
    public static Decision<TEvent> Reject(string code, string message) => new Rejected(new Rejection(code, message));
}

/// <summary>Why a command was refused.</summary>
/// <param name="Code">Stable, lower-case, hyphenated; clients may branch on it.</param>
/// <param name="Message">For a person; may change.</param>
public sealed record Rejection(string Code, string Message);
