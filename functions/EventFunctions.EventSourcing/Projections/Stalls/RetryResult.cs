namespace EventFunctions.EventSourcing;

/// <summary>How a retry of a stalled stream ended.</summary>
public abstract record RetryResult
{
    private RetryResult()
    {
    }

    /// <summary>Every event of the stream is applied, and the stall is forgotten.</summary>
    /// <param name="Version">The version of the stream's newest event.</param>
    /// <param name="Events">How many events the stream had waiting.</param>
    public sealed record CaughtUp(long Version, long Events) : RetryResult;

    /// <summary>An event fails still, or the next one does; everything before it is applied.</summary>
    /// <param name="Stall">The event and why.</param>
    public sealed record StillStalled(StalledStream Stall) : RetryResult;

    /// <summary>Nothing is recorded of the stream: it has not stalled, or is mended already.</summary>
    public sealed record NotStalled : RetryResult;
}
