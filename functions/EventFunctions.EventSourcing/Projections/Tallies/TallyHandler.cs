namespace EventFunctions.EventSourcing;

/// <summary>Keeps tallies at what the streams contribute to them, each event once, however often and in whatever order it arrives.</summary>
/// <remarks>
/// What a stream contributed is stored in the partition of the tallies and written with them, in one transaction: the tallies
/// hold it or they do not. The memory of the stream is written last, so an event whose handling stopped half-way is handled
/// again, and finds the partitions that are done. A memory that this handler wrote is not read again for the next event; that
/// it may be old does no harm, because each contribution has its version. Safe for concurrent use.
/// </remarks>
/// <param name="projection">Knows what the events contribute.</param>
/// <param name="views">Keeps the tallies and the memory.</param>
/// <param name="events">Has the events that did not arrive.</param>
internal sealed class TallyHandler<TState, TTally>(ITallyProjection<TState, TTally> projection, IViewStore views, IEventStore events)
    : IEventHandler
    where TState : class
    where TTally : class, ITally<TTally>
{
    private readonly GuardedProjection<TalliedStream<TState, TTally>> _memory = new(new TalliedStreamProjection<TState, TTally>(projection));
    private readonly TallyPartition<TTally> _partition = new(projection.Name, views);
    private readonly KnownCache<ViewKey, KnownView<TalliedStream<TState, TTally>>> _written = new(ProjectionHandler<TTally>.DefaultViewCacheSize);

    /// <summary>Brings what the event's stream contributes to the event's version, or leaves it where it is further.</summary>
    /// <exception cref="ProjectionContendedException">Other writers won every attempt; the event is to be handed in again.</exception>
    /// <exception cref="PoisonEventException">The event, or one before it, cannot be applied for its own sake.</exception>
    /// <exception cref="StreamCorruptedException">The store's stream ends before the event.</exception>
    public async Task<ProjectionOutcome> HandleAsync(EventEnvelope envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var fold = new ViewFold<TalliedStream<TState, TTally>>(_memory, events);
        var key = _memory.KeyOf(envelope);
        for (var attempt = 1; attempt <= ProjectionHandler<TTally>.MaxAttempts; attempt++)
        {
            var stored = attempt == 1 && Known(key, envelope) is { IsKnown: true, View: var known }
                ? known
                : await views.FindAsync<TalliedStream<TState, TTally>>(key, cancellationToken);
            var applied = stored?.Current.Version ?? 0;
            if (envelope.Version <= applied)
            {
                return ProjectionOutcome.Ignored;
            }

            var (next, poison) = await fold.ReachAsync(stored?.Current, envelope, cancellationToken);
            if (next is not null && next.Version > applied && !await TrySaveAsync(envelope.Stream, key, stored, next, cancellationToken))
            {
                continue;
            }

            if (poison is not null)
            {
                throw poison;
            }

            return envelope.Version == applied + 1 ? ProjectionOutcome.Applied : ProjectionOutcome.Healed;
        }

        throw new ProjectionContendedException(projection.Name, envelope.Stream, envelope.Version, ProjectionHandler<TTally>.MaxAttempts);
    }

    /// <summary>The memory that the event follows on, where that is known without a read; before the first event it is none.</summary>
    private (bool IsKnown, StoredView<TalliedStream<TState, TTally>>? View) Known(ViewKey key, EventEnvelope envelope)
    {
        if (envelope.Version == 1)
        {
            return (true, null);
        }

        return _written.Find(key) is { } written && written.Current.Version + 1 == envelope.Version
            ? (true, new StoredView<TalliedStream<TState, TTally>>(written.Current, written.Token!))
            : (false, null);
    }

    private async Task<bool> TrySaveAsync(
        StreamName stream,
        ViewKey key,
        StoredView<TalliedStream<TState, TTally>>? stored,
        VersionedView<TalliedStream<TState, TTally>> next,
        CancellationToken cancellationToken)
    {
        var before = stored?.Current.View.Parts;
        foreach (var (partition, part) in next.View.Parts)
        {
            var known = before?.GetValueOrDefault(partition);
            if ((known?.Version ?? 0) < part.Version
                && !await _partition.TryBringAsync(partition, new TallyChange<TTally>(stream, part, IsNew: known is null), cancellationToken))
            {
                return false;
            }
        }

        if (await views.SaveAsync(key, _memory.Name, next, stored?.ETag, cancellationToken) is not { } token)
        {
            return false;
        }

        _written.Keep(new KnownView<TalliedStream<TState, TTally>>(key, next, token));
        return true;
    }
}
