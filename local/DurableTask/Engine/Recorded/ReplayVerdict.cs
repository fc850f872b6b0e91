namespace EventFunctions.Local.DurableTask;

/// <summary>What a replay of a recorded history came to.</summary>
public abstract record ReplayVerdict
{
    private ReplayVerdict()
    {
    }

    /// <summary>The code does what the history says.</summary>
    public sealed record Agrees : ReplayVerdict;

    /// <summary>The instance has not begun, so its code can be anything.</summary>
    public sealed record NotBegun : ReplayVerdict;

    /// <summary>The code has no orchestrator of that name.</summary>
    public sealed record UnknownOrchestrator : ReplayVerdict;

    /// <summary>The code does something else.</summary>
    /// <param name="Position">The place in the history, from 0; the number of events where it is behind the last.</param>
    /// <param name="History">What the history says.</param>
    /// <param name="Code">What the code does.</param>
    public sealed record Diverges(int Position, string History, string Code) : ReplayVerdict;
}
