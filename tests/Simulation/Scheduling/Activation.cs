namespace EventFunctions.Tests.Simulation;

/// <summary>Something that a process was set to do: a call of an activity, a delivery of a message, the commit of an episode.</summary>
/// <param name="name">For the trace.</param>
/// <param name="deadline">
/// By then whatever it has asked of others has taken effect: what is still under way to a partner settles within
/// <c>Ordering:SettleDelay</c>, and the clock does not overtake it.
/// </param>
internal sealed class Activation(string name, DateTimeOffset deadline)
{
    private static readonly AsyncLocal<Activation?> Running = new();

    /// <summary>What the calling code belongs to; <see langword="null"/> outside of the simulated processes.</summary>
    public static Activation? Current => Running.Value;

    /// <summary>For the trace.</summary>
    public string Name { get; } = name;

    /// <summary>The clock does not pass it while this waits for something other than the clock.</summary>
    public DateTimeOffset Deadline { get; } = deadline;

    /// <summary>Whether it ended with its process, in the middle of whatever it did.</summary>
    public bool IsDropped { get; set; }

    /// <summary>Whether its process ended and it goes on for all that, as a worker does that was taken for dead.</summary>
    public bool IsOrphan { get; set; }

    /// <summary>The work itself.</summary>
    public Task Work { get; private set; } = Task.CompletedTask;

    /// <summary>Begins, on the caller's thread, and returns when the work waits or has ended.</summary>
    public void Begin(Func<Task> work)
    {
        Running.Value = this;
        try
        {
            Work = work();
        }
        finally
        {
            Running.Value = null;
        }
    }
}
