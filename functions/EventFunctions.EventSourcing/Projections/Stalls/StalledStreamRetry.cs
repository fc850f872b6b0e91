namespace EventFunctions.EventSourcing;

/// <summary>Has a projection catch up with stalled streams, after the code or what is stored has been mended. Safe to repeat.</summary>
/// <param name="projections">Apply the events.</param>
/// <param name="events">Has the events.</param>
/// <param name="stalled">The streams that have stalled.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class StalledStreamRetry(LiveProjections projections, IEventStore events, IStalledStreams stalled, TimeProvider timeProvider)
{
    /// <summary>Applies the events of a stalled stream in order, from the one that failed to the newest.</summary>
    /// <remarks>Each event is one write of the view. What was applied stays so when it is given up; the next retry goes on there.</remarks>
    /// <param name="projection">The projection's name.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">There is no such projection.</exception>
    public async Task<RetryResult> RetryAsync(string projection, StreamName stream, CancellationToken cancellationToken = default)
    {
        if (await stalled.FindAsync(projection, stream, cancellationToken) is not { } stall)
        {
            return new RetryResult.NotStalled();
        }

        var next = stall.Event.Version;
        try
        {
            await foreach (var envelope in events.ReadAsync(stream, next, cancellationToken))
            {
                if (await projections.HandleAsync(projection, envelope, cancellationToken) == ProjectionOutcome.Stalled)
                {
                    return await StillStalledAsync(projection, stream, stall, cancellationToken);
                }

                next = envelope.Version + 1;
            }
        }
        catch (Exception exception) when (PoisonEventException.Concerns(exception))
        {
            return await StillStalledAsync(PoisonEventException.Reading(stream, next, exception), projection, cancellationToken);
        }

        if (next == stall.Event.Version)
        {
            var missing = new StreamCorruptedException(stream, next, "the event is missing in the store.");
            return await StillStalledAsync(PoisonEventException.Reading(stream, next, missing), projection, cancellationToken);
        }

        await stalled.RemoveAsync(projection, stream, next - 1, cancellationToken);
        return new RetryResult.CaughtUp(next - 1, next - stall.Event.Version);
    }

    private async Task<RetryResult> StillStalledAsync(PoisonEventException poison, string projection, CancellationToken cancellationToken) =>
        new RetryResult.StillStalled(
            await stalled.RecordAsync(StalledStream.Of(projection, poison, poison.At.Version, timeProvider.GetUtcNow()), cancellationToken));

    /// <summary>The handler has recorded it; a live event may have healed the stream since.</summary>
    private async Task<RetryResult> StillStalledAsync(
        string projection, StreamName stream, StalledStream before, CancellationToken cancellationToken) =>
        new RetryResult.StillStalled(await stalled.FindAsync(projection, stream, cancellationToken) ?? before);
}
