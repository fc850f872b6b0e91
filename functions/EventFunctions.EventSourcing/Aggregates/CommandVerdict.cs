namespace EventFunctions.EventSourcing;

/// <summary>What becomes of a command on a head: an answer without a write, or events to append.</summary>
internal abstract record CommandVerdict<TState, TEvent>
    where TState : class
    where TEvent : class, IDomainEvent
{
    private CommandVerdict()
    {
    }

    /// <summary>Nothing to write: refused, stale, without effect, or handled before. As true as the head is current.</summary>
    public sealed record Answered(CommandResult<TState> Result) : CommandVerdict<TState, TEvent>;

    /// <summary>Events to append, at least one. The store tells whether the head was current.</summary>
    public sealed record Appends(IReadOnlyList<TEvent> Events) : CommandVerdict<TState, TEvent>;

    /// <summary>The verdict on a command. Pure, and the decision is asked only where it counts.</summary>
    public static CommandVerdict<TState, TEvent> Of(
        KnownHead<TState> known, CommandContext command, Func<TState, Decision<TEvent>> decide)
    {
        var version = known.Head.Version;
        if (known.Head.Find(command.CommandId) is { } handled)
        {
            return handled.Fingerprint is { } first && command.Fingerprint is { } given && first != given
                ? new Answered(new CommandResult<TState>.Reused())
                : new Answered(new CommandResult<TState>.Committed(known.State, handled.Version, IsRepetition: true));
        }

        if (!command.Expected.Matches(version))
        {
            return new Answered(new CommandResult<TState>.Stale(command.Expected, version));
        }

        return decide(known.State) switch
        {
            Decision<TEvent>.Rejected rejected => new Answered(new CommandResult<TState>.Rejected(rejected.Reason, known.State, version)),
            Decision<TEvent>.Accepted { Events.Count: 0 } =>
                new Answered(new CommandResult<TState>.Committed(known.State, version, IsRepetition: false)),
            Decision<TEvent>.Accepted accepted => new Appends(accepted.Events),
            var other => throw new InvalidOperationException($"A decision is accepted or rejected, not '{other}'."),
        };
    }
}
