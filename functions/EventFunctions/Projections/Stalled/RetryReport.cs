using EventFunctions.EventSourcing;

namespace EventFunctions.Projections.Stalled;

/// <summary>What a retry of a stream came to.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Outcome"><c>caught-up</c>, <c>still-stalled</c> or <c>not-stalled</c>.</param>
/// <param name="Version">The version of the newest event where it has caught up, or of the event that fails.</param>
/// <param name="Events">How many events had waited, where it has caught up.</param>
/// <param name="Error">Why the event still fails.</param>
public sealed record RetryReport(string Stream, string Outcome, long? Version = null, long? Events = null, string? Error = null)
{
    /// <summary>The report of a result.</summary>
    public static RetryReport Of(StreamName stream, RetryResult result) => result switch
    {
        RetryResult.CaughtUp done => new RetryReport(stream.Value, "caught-up", done.Version, done.Events),
        RetryResult.StillStalled { Stall: var stall } => new RetryReport(stream.Value, "still-stalled", stall.Event.Version, Error: stall.Error),
        RetryResult.NotStalled => new RetryReport(stream.Value, "not-stalled"),
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}
