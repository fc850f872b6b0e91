namespace EventFunctions.EventSourcing;

/// <summary>Takes a view from version to version, as far as the events go well.</summary>
/// <param name="projection">Makes the view.</param>
/// <param name="events">Has the events that are missing.</param>
/// <typeparam name="TView">The view.</typeparam>
internal sealed class ViewFold<TView>(GuardedProjection<TView> projection, IEventStore events)
    where TView : class
{
    /// <summary>The view at an event's version, with the store's events where there is a gap, or as far as the events go well.</summary>
    /// <returns>The view, and the event that it stopped at if it did.</returns>
    /// <exception cref="StreamCorruptedException">The store's stream ends before the event.</exception>
    public async Task<(VersionedView<TView>? View, PoisonEventException? Poison)> ReachAsync(
        VersionedView<TView>? current, EventEnvelope target, CancellationToken cancellationToken)
    {
        try
        {
            if (target.Version > GuardedProjection<TView>.Next(current))
            {
                await foreach (var missing in events.ReadAsync(target.Stream, GuardedProjection<TView>.Next(current), cancellationToken))
                {
                    if (missing.Version >= target.Version)
                    {
                        break;
                    }

                    current = projection.Step(current, missing);
                }
            }

            if (target.Version == GuardedProjection<TView>.Next(current))
            {
                return (projection.Step(current, target), null);
            }
        }
        catch (PoisonEventException poison)
        {
            return (current, poison);
        }
        catch (Exception exception) when (PoisonEventException.Concerns(exception))
        {
            return (current, PoisonEventException.Reading(target.Stream, GuardedProjection<TView>.Next(current), exception));
        }

        // Not the event's fault: the store is behind what was published, for a moment, or because it was restored.
        throw new StreamCorruptedException(
            target.Stream, GuardedProjection<TView>.Next(current), $"the event is missing, though event {target.Version} was published.");
    }
}
