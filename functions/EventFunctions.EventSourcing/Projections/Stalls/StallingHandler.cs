namespace EventFunctions.EventSourcing;

/// <summary>
/// Lets a poison event stop its own stream only: the failure is recorded, and the message counts as handled, because the
/// event is in the store and a retry begins there.
/// </summary>
/// <remarks>
/// A view that no store would take, or that is stored in another shape, counts as the event's fault too: it concerns this stream
/// alone. Whatever is not the event's own fault is thrown on: a store that is away, a race that is lost, a call that is given up. The
/// next event of a stream that goes well costs nothing here.
/// </remarks>
/// <param name="projection">The projection's name.</param>
/// <param name="inner">Applies the events.</param>
/// <param name="stalled">Gets the streams that stall.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class StallingHandler(string projection, IEventHandler inner, IStalledStreams stalled, TimeProvider timeProvider) : IEventHandler
{
    /// <inheritdoc/>
    public async Task<ProjectionOutcome> HandleAsync(EventEnvelope envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        try
        {
            var outcome = await inner.HandleAsync(envelope, cancellationToken);

            // A gap may be one that a stall has left.
            if (outcome == ProjectionOutcome.Healed)
            {
                await stalled.RemoveAsync(projection, envelope.Stream, envelope.Version, cancellationToken);
            }

            return outcome;
        }
        catch (PoisonEventException poison)
        {
            return await StallAsync(poison, envelope, cancellationToken);
        }
        catch (ViewRefusedException refused)
        {
            return await StallAsync(PoisonEventException.Applying(envelope, refused), envelope, cancellationToken);
        }
    }

    private async Task<ProjectionOutcome> StallAsync(PoisonEventException poison, EventEnvelope envelope, CancellationToken cancellationToken)
    {
        await stalled.RecordAsync(StalledStream.Of(projection, poison, envelope.Version, timeProvider.GetUtcNow()), cancellationToken);
        return ProjectionOutcome.Stalled;
    }
}
