namespace EventFunctions.EventSourcing;

/// <summary>How a command ended.</summary>
/// <typeparam name="TState">The aggregate's state.</typeparam>
public abstract record CommandResult<TState>
    where TState : class
{
    private CommandResult()
    {
    }

    /// <summary>The command took effect: now, or when the same command id ran first.</summary>
    /// <param name="State">The state: after the command, or the current one if it is a repetition.</param>
    /// <param name="Version">The version the command produced, also if it is a repetition.</param>
    /// <param name="IsRepetition">
    /// Whether the command was found among those that have run. Mostly an earlier run's; its own where the store's answer to
    /// the append was lost and the store's client sent it again. The effect is there once in any case.
    /// </param>
    public sealed record Committed(TState State, long Version, bool IsRepetition) : CommandResult<TState>;

    /// <summary>The command breaks a rule; nothing was written.</summary>
    /// <param name="Reason">Which rule.</param>
    /// <param name="State">The state the rule was checked against.</param>
    /// <param name="Version">The version of that state.</param>
    public sealed record Rejected(Rejection Reason, TState State, long Version) : CommandResult<TState>;

    /// <summary>The stream is not at the version the sender expected; nothing was written.</summary>
    /// <param name="Expected">What the sender expected.</param>
    /// <param name="Actual">The stream's version.</param>
    public sealed record Stale(ExpectedVersion Expected, long Actual) : CommandResult<TState>;

    /// <summary>Other writers won every one of the bounded attempts; nothing was written.</summary>
    /// <param name="Attempts">How many were made.</param>
    public sealed record Contended(int Attempts) : CommandResult<TState>;

    /// <summary>The command id ran before with another request; nothing was written.</summary>
    public sealed record Reused : CommandResult<TState>;
}
