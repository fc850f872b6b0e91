namespace EventFunctions.EventSourcing.Testing;

/// <summary>What a projection makes of the events that arrived. Each member runs it anew.</summary>
/// <typeparam name="TView">The view.</typeparam>
public sealed class ProjectedView<TView>
    where TView : class
{
    private readonly IProjection<TView> _projection;
    private readonly EventTypeRegistry _registry;
    private readonly IReadOnlyList<EventEnvelope> _history;
    private readonly IReadOnlyList<EventEnvelope> _arrivals;

    internal ProjectedView(
        IProjection<TView> projection, EventTypeRegistry registry, IReadOnlyList<EventEnvelope> history, IReadOnlyList<EventEnvelope> arrivals)
    {
        _projection = projection;
        _registry = registry;
        _history = history;
        _arrivals = arrivals;
    }

    /// <summary>This view, at the newest version that arrived.</summary>
    /// <exception cref="SpecificationFailedException">There is another view, or none, or it is at another version.</exception>
    public async Task ThenAsync(TView expected, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var shown = await RunAsync(cancellationToken);
        Expectation.Same("The view", expected, shown?.View);
        Expectation.Same("The version the view shows", _arrivals.Max(a => a.Version), shown?.Version);
    }

    /// <summary>No view: the events that arrived, if any, are none of the projection's.</summary>
    /// <exception cref="SpecificationFailedException">There is a view.</exception>
    public async Task ThenNoViewAsync(CancellationToken cancellationToken = default) =>
        Expectation.Same("The view", null, (await RunAsync(cancellationToken))?.View);

    /// <summary>The view with its version and its times, for a look of the test's own.</summary>
    /// <exception cref="SpecificationFailedException">There is none.</exception>
    public async Task<VersionedView<TView>> ViewAsync(CancellationToken cancellationToken = default) =>
        await RunAsync(cancellationToken) ?? throw new SpecificationFailedException($"'{_projection.Name}' made no view of what arrived.");

    private async Task<VersionedView<TView>?> RunAsync(CancellationToken cancellationToken)
    {
        var world = new InMemoryWorld(_registry);
        if (_history.Count > 0)
        {
            await world.Events.AppendAsync(new StreamAppend(_history[0].Stream, StreamHead.Absent, _history, null, []), cancellationToken);
        }

        var handler = new ProjectionHandler<TView>(_projection, world.Views, world.Events);
        foreach (var arrival in _arrivals)
        {
            await handler.HandleAsync(arrival, cancellationToken);
        }

        return _arrivals.Count == 0
            ? null
            : (await world.Views.FindAsync<TView>(_projection.KeyOf(_arrivals[0]), cancellationToken))?.Current;
    }
}
