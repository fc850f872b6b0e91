namespace EventFunctions.EventSourcing;

/// <summary>
/// Keeps the view of each stream at the version of the events it is handed, however they arrive: repeated, late, out of
/// order or with some missing.
/// </summary>
/// <remarks>The next event costs one read and one write of the view; an event seen before one read.</remarks>
/// <typeparam name="TView">The view.</typeparam>
public sealed class ProjectionHandler<TView>(IProjection<TView> projection, IViewStore views, IEventStore events)
    where TView : class
{
    /// <summary>How often a view is read and written again because another writer came first.</summary>
    public const int MaxAttempts = 5;

    /// <summary>Brings the view of the event's stream to the event's version, or leaves it where it is further.</summary>
    /// <exception cref="ProjectionContendedException">Other writers won every attempt; the event is to be handed in again.</exception>
    /// <exception cref="StreamCorruptedException">An event before this one is missing in the store too.</exception>
    public async Task<ProjectionOutcome> HandleAsync(EventEnvelope envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var key = projection.KeyOf(envelope);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var stored = await views.FindAsync<TView>(key, cancellationToken);
            var applied = stored?.Current.Version ?? 0;
            if (envelope.Version <= applied)
            {
                return ProjectionOutcome.Ignored;
            }

            var isNext = envelope.Version == applied + 1;
            var before = isNext ? stored?.Current : await CatchUpAsync(stored?.Current, envelope, cancellationToken);
            if (await views.SaveAsync(key, projection.Name, Step(before, envelope), stored?.ETag, cancellationToken))
            {
                return isNext ? ProjectionOutcome.Applied : ProjectionOutcome.Healed;
            }
        }

        throw new ProjectionContendedException(projection.Name, envelope.Stream, envelope.Version, MaxAttempts);
    }

    private VersionedView<TView> Step(VersionedView<TView>? current, EventEnvelope envelope) =>
        new(projection.Apply(current?.View, envelope), envelope.Version, current?.Since ?? envelope.Time, envelope.Time);

    /// <summary>The view just before <paramref name="target"/>, from the store's events.</summary>
    private async Task<VersionedView<TView>?> CatchUpAsync(
        VersionedView<TView>? current, EventEnvelope target, CancellationToken cancellationToken)
    {
        var version = current?.Version ?? 0;
        await foreach (var missing in events.ReadAsync(target.Stream, version + 1, cancellationToken))
        {
            if (missing.Version >= target.Version)
            {
                break;
            }

            current = Step(current, missing);
            version = missing.Version;
        }

        return version == target.Version - 1
            ? current
            : throw new StreamCorruptedException(target.Stream, version + 1, $"the event is missing, though event {target.Version} was published.");
    }
}

/// <summary>What a projection did with an event.</summary>
public enum ProjectionOutcome
{
    /// <summary>The view showed the event already; nothing was written.</summary>
    Ignored,

    /// <summary>The event was the next one and is applied.</summary>
    Applied,

    /// <summary>Events before this one had not arrived; they were read from the store, and all are applied.</summary>
    Healed,
}

/// <summary>Other writers of a view won every attempt. Nothing was written; the event is to be handed in again.</summary>
/// <param name="projection">The projection's name.</param>
/// <param name="stream">The stream.</param>
/// <param name="version">The version of the event.</param>
/// <param name="attempts">How many attempts were made.</param>
public sealed class ProjectionContendedException(string projection, StreamName stream, long version, int attempts)
    : Exception($"The view '{projection}' of '{stream}' was changed by others in each of {attempts} attempts to apply event {version}.");
