namespace EventFunctions.EventSourcing;

/// <summary>What a stream looked like at a moment, or why that cannot be told.</summary>
/// <typeparam name="T">A view or a state.</typeparam>
public abstract record Past<T>
    where T : class
{
    private Past()
    {
    }

    /// <summary>It looked like this.</summary>
    /// <param name="Value">The view or state.</param>
    /// <param name="Version">The version of the stream it shows.</param>
    public sealed record Found(T Value, long Version) : Past<T>;

    /// <summary>There is no such stream.</summary>
    public sealed record Absent : Past<T>;

    /// <summary>The stream had not begun yet.</summary>
    /// <param name="Begins">The time of its first event.</param>
    public sealed record NotBegun(DateTimeOffset Begins) : Past<T>;

    /// <summary>The stream has not come so far.</summary>
    /// <param name="Current">The version it has come to.</param>
    public sealed record NotReached(long Current) : Past<T>;

    /// <summary>Telling it takes more events than may be read for one answer.</summary>
    /// <param name="Limit">How many may be read.</param>
    public sealed record TooFar(int Limit) : Past<T>;
}
