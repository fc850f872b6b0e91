namespace EventFunctions.EventSourcing.Testing;

/// <summary>
/// Given a stream, when its events arrive so, then the view. The projection runs in the handler that runs it in production, on
/// in-memory stores, so a repeated, late or missing event meets what it would meet there.
/// </summary>
/// <param name="projection">Makes the view.</param>
/// <param name="registry">Names the events.</param>
/// <typeparam name="TView">The view.</typeparam>
public sealed class ProjectionSpecification<TView>(IProjection<TView> projection, EventTypeRegistry registry)
    where TView : class
{
    /// <summary>These events are stored, the oldest first.</summary>
    /// <param name="stream">The stream that holds them.</param>
    /// <param name="history">What happened.</param>
    public GivenStream<TView> Given(StreamName stream, params IEnumerable<IDomainEvent> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return new GivenStream<TView>(projection, registry, new EnvelopeBuilder(registry).Stream(stream, history));
    }
}

/// <summary>A stream that is stored and not yet projected. Each When begins anew.</summary>
/// <typeparam name="TView">The view.</typeparam>
public sealed class GivenStream<TView>
    where TView : class
{
    private readonly IProjection<TView> _projection;
    private readonly EventTypeRegistry _registry;

    internal GivenStream(IProjection<TView> projection, EventTypeRegistry registry, IReadOnlyList<EventEnvelope> history)
    {
        _projection = projection;
        _registry = registry;
        History = history;
    }

    /// <summary>The events as stored.</summary>
    public IReadOnlyList<EventEnvelope> History { get; }

    /// <summary>Every event arrives once, in order.</summary>
    public ProjectedView<TView> WhenAllArrive() => new(_projection, _registry, History, History);

    /// <summary>Events arrive by these versions, in this order: some more than once, some not at all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The stream has no such version.</exception>
    public ProjectedView<TView> WhenArrive(params IEnumerable<long> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        return new ProjectedView<TView>(_projection, _registry, History, [.. versions.Select(At)]);
    }

    /// <summary>Every event arrives so many times, in any order.</summary>
    /// <param name="copies">1 or more.</param>
    /// <param name="seed">The same seed gives the same order.</param>
    public ProjectedView<TView> WhenAllArriveShuffled(int copies, int seed) =>
        new(_projection, _registry, History, Deliveries.Shuffled(History, copies, new Random(seed)));

    private EventEnvelope At(long version)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, History.Count);
        return History[(int)version - 1];
    }
}
