namespace EventFunctions.Local.Host.Sandbox.Exchange;

/// <summary>What goes wrong on one try of an operation.</summary>
internal abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>Nothing goes wrong.</summary>
    public sealed record None : Fault;

    /// <summary>The service fails before it does anything.</summary>
    /// <param name="Status">500 or 503.</param>
    public sealed record Fail(int Status) : Fault;

    /// <summary>The service does what was asked, and its answer doesn't come: the case that idempotency keys are for.</summary>
    public sealed record Hang : Fault;

    /// <summary>The service takes long before it does what was asked.</summary>
    public sealed record Slow : Fault;

    /// <summary>Fails on the first two tries.</summary>
    public static Fault Flaky(int attempt, int status) => attempt <= 2 ? new Fail(status) : new None();

    /// <summary>Hangs on the first try.</summary>
    public static Fault HangOnce(int attempt) => attempt == 1 ? new Hang() : new None();
}
