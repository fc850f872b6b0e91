namespace EventFunctions.EventSourcing;

/// <summary>
/// Keeps the view of each stream at the version of the events it is handed, however they arrive: repeated, late, out of
/// order or with some missing.
/// </summary>
/// <remarks>
/// The next event costs one write of the view where this handler wrote the view before, or where it is the stream's first;
/// elsewhere one read and one write. A kept view may be old, so it serves for nothing but a write that the store accepts
/// under the view's token: whether an event was seen before, and which ones are missing, is told by a view read for it. Safe
/// for concurrent use.
/// </remarks>
/// <typeparam name="TView">The view.</typeparam>
public sealed class ProjectionHandler<TView> : IEventHandler
    where TView : class
{
    /// <summary>How often a view is read and written again because another writer came first.</summary>
    public const int MaxAttempts = 5;

    /// <summary>How many views a handler keeps unless it is told otherwise.</summary>
    public const int DefaultViewCacheSize = 1024;

    private readonly GuardedProjection<TView> _projection;
    private readonly IViewStore _views;
    private readonly ViewFold<TView> _fold;
    private readonly KnownCache<ViewKey, KnownView<TView>> _written;

    /// <summary>Creates a handler.</summary>
    /// <param name="projection">Makes the view.</param>
    /// <param name="views">Keeps the view.</param>
    /// <param name="events">Has the events that did not arrive.</param>
    /// <param name="viewCacheSize">How many of the views it wrote last the handler keeps to spare the next event its read; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public ProjectionHandler(IProjection<TView> projection, IViewStore views, IEventStore events, int viewCacheSize = DefaultViewCacheSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(viewCacheSize);
        _projection = new GuardedProjection<TView>(projection);
        _views = views;
        _fold = new ViewFold<TView>(_projection, events);
        _written = new KnownCache<ViewKey, KnownView<TView>>(viewCacheSize);
    }

    /// <summary>Brings the view of the event's stream to the event's version, or leaves it where it is further.</summary>
    /// <exception cref="ProjectionContendedException">Other writers won every attempt; the event is to be handed in again.</exception>
    /// <exception cref="PoisonEventException">
    /// The event, or one before it that is still to be applied, cannot be applied for its own sake; the view is as far as it can be.
    /// </exception>
    /// <exception cref="StreamCorruptedException">The store's stream ends before the event.</exception>
    public async Task<ProjectionOutcome> HandleAsync(EventEnvelope envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var key = _projection.KeyOf(envelope);
        if (await TryWithoutReadAsync(key, envelope, cancellationToken))
        {
            return ProjectionOutcome.Applied;
        }

        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var stored = await _views.FindAsync<TView>(key, cancellationToken);
            var applied = stored?.Current.Version ?? 0;
            if (envelope.Version <= applied)
            {
                return ProjectionOutcome.Ignored;
            }

            var (view, poison) = await _fold.ReachAsync(stored?.Current, envelope, cancellationToken);
            if (view is not null && view.Version > applied && !await SaveAsync(key, view, stored?.ETag, cancellationToken))
            {
                continue;
            }

            if (poison is not null)
            {
                throw poison;
            }

            return envelope.Version == applied + 1 ? ProjectionOutcome.Applied : ProjectionOutcome.Healed;
        }

        throw new ProjectionContendedException(_projection.Name, envelope.Stream, envelope.Version, MaxAttempts);
    }

    /// <summary>Applies the event where what the view was before is known; the store tells whether it still is so.</summary>
    private async Task<bool> TryWithoutReadAsync(ViewKey key, EventEnvelope envelope, CancellationToken cancellationToken)
    {
        // What is stored may be another view: then the event is not the next one, and that it cannot be applied means nothing.
        // Before a stream's first event it has no view: to create one asks what a read would have asked.
        if (envelope.Version == 1)
        {
            return _projection.TryStep(null, envelope, out var first) && await SaveAsync(key, first, null, cancellationToken);
        }

        if (_written.Find(key) is not { } known
            || envelope.Version != known.Current.Version + 1
            || !_projection.TryStep(known.Current, envelope, out var next))
        {
            return false;
        }

        var isSaved = false;
        try
        {
            isSaved = await SaveAsync(key, next, known.Token, cancellationToken);
        }
        finally
        {
            // Also where the store threw and nobody knows what it has now.
            if (!isSaved)
            {
                _written.Drop(known);
            }
        }

        return isSaved;
    }

    private async Task<bool> SaveAsync(ViewKey key, VersionedView<TView> view, string? etag, CancellationToken cancellationToken)
    {
        if (await _views.SaveAsync(key, _projection.Name, view, etag, cancellationToken) is not { } token)
        {
            return false;
        }

        _written.Keep(new KnownView<TView>(key, view, token));
        return true;
    }
}
