namespace EventFunctions.EventSourcing;

/// <summary>Tells from events what a stream looked like at a moment.</summary>
/// <remarks>
/// It costs one read of the head and the stream's windows from the first up to the moment, none after it; a state at or after
/// the head's snapshot costs only the windows from there on. What would take more than the limit is refused: by version
/// before an event is read, by time once the limit is reached. Safe for concurrent use.
/// </remarks>
public sealed class PastReader
{
    /// <summary>How many events are read for one answer unless it is set otherwise.</summary>
    public const int DefaultMaxEvents = 10_000;

    private readonly IEventStore _store;
    private readonly int _maxEvents;
    private readonly PersonalDataVault _personalData;

    /// <summary>Creates a reader.</summary>
    /// <param name="store">Keeps the streams.</param>
    /// <param name="maxEvents">How many events are read for one answer at most: 1 or more.</param>
    /// <param name="personalData">Opens what is sealed in snapshots; <see cref="PersonalDataVault.None"/> if none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is less than 1.</exception>
    public PastReader(IEventStore store, int maxEvents = DefaultMaxEvents, PersonalDataVault? personalData = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEvents, 1);
        _store = store;
        _maxEvents = maxEvents;
        _personalData = personalData ?? PersonalDataVault.None;
    }

    /// <summary>A view of a stream at a moment.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="projection">Makes the view.</param>
    /// <param name="moment">When.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StreamCorruptedException">An event is missing.</exception>
    public async Task<Past<TView>> ViewAsync<TView>(
        StreamName stream, IProjection<TView> projection, Moment moment, CancellationToken cancellationToken = default)
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(projection);
        ArgumentNullException.ThrowIfNull(moment);
        var head = await _store.LoadHeadAsync(stream, cancellationToken);
        return await ReadAsync(stream, head, moment, new Fold<TView>(null, 0, projection.Apply), cancellationToken);
    }

    /// <summary>An aggregate's state at a moment.</summary>
    /// <param name="stream">The aggregate's stream.</param>
    /// <param name="moment">When.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <typeparam name="TState">The aggregate's state.</typeparam>
    /// <typeparam name="TEvent">The aggregate's events.</typeparam>
    /// <exception cref="StreamCorruptedException">An event is missing or another aggregate's.</exception>
    public async Task<Past<TState>> StateAsync<TState, TEvent>(
        StreamName stream, Moment moment, CancellationToken cancellationToken = default)
        where TState : class, IAggregate<TState, TEvent>
        where TEvent : class, IDomainEvent
    {
        ArgumentNullException.ThrowIfNull(moment);
        var head = await _store.LoadHeadAsync(stream, cancellationToken);

        // Which version a time before the head's is, only the events tell: a snapshot may already be beyond it.
        var usable = VersionOf(head, moment) is { } version
            ? await UsableSnapshot<TState>.OfAsync(stream, head, version, TState.StateSchema, _personalData, cancellationToken)
            : null;
        var fold = new Fold<TState>(
            usable?.State,
            usable?.Snapshot.Version ?? 0,
            (state, envelope) => StateReader<TState, TEvent>.Apply(state ?? TState.Initial, envelope));
        return await ReadAsync(stream, head, moment, fold, cancellationToken);
    }

    /// <summary>The version that a moment is, as far as the head tells.</summary>
    private static long? VersionOf(StreamHead head, Moment moment) => moment switch
    {
        Moment.AtVersion at => at.Version,
        Moment.AtTime at => at.Time >= head.Time ? head.Version : null,
        _ => throw new InvalidOperationException($"A moment is a version or a time, not '{moment}'."),
    };

    private async Task<Past<T>> ReadAsync<T>(
        StreamName stream, StreamHead head, Moment moment, Fold<T> fold, CancellationToken cancellationToken)
        where T : class
    {
        var last = VersionOf(head, moment);
        if (head.Version == 0)
        {
            return new Past<T>.Absent();
        }

        if (last > head.Version)
        {
            return new Past<T>.NotReached(head.Version);
        }

        if (last - fold.Version > _maxEvents)
        {
            return new Past<T>.TooFar(_maxEvents);
        }

        return fold.Value is { } known && fold.Version == last
            ? new Past<T>.Found(known, fold.Version)
            : await ReadEventsAsync(stream, moment, last, fold, cancellationToken)
                ?? throw new StreamCorruptedException(stream, head.Version, $"an event is missing, though the head is at version {head.Version}.");
    }

    /// <summary>Reads up to the version, or up to the time where the version is not known.</summary>
    /// <returns><see langword="null"/> where the stream ends before either.</returns>
    private async Task<Past<T>?> ReadEventsAsync<T>(
        StreamName stream, Moment moment, long? last, Fold<T> fold, CancellationToken cancellationToken)
        where T : class
    {
        var until = last is null && moment is Moment.AtTime at ? at.Time : DateTimeOffset.MaxValue;
        var (value, version) = (fold.Value, fold.Version);
        await foreach (var envelope in _store.ReadAsync(stream, version + 1, cancellationToken))
        {
            if (envelope.Time > until)
            {
                return value is null ? new Past<T>.NotBegun(envelope.Time) : new Past<T>.Found(value, version);
            }

            if (version - fold.Version == _maxEvents)
            {
                return new Past<T>.TooFar(_maxEvents);
            }

            (value, version) = (fold.Apply(value, envelope), envelope.Version);
            if (version == last)
            {
                return new Past<T>.Found(value, version);
            }
        }

        return null;
    }

    /// <summary>Where to begin, and how to go on from there.</summary>
    /// <param name="Value">What is known; <see langword="null"/> before the first event.</param>
    /// <param name="Version">Its version.</param>
    /// <param name="Apply">The value after one more event.</param>
    private sealed record Fold<T>(T? Value, long Version, Func<T?, EventEnvelope, T> Apply)
        where T : class;
}
