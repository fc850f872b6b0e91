namespace EventFunctions.EventSourcing;

/// <summary>The projections that follow the events as they are published. Safe for concurrent use.</summary>
public sealed class LiveProjections
{
    private readonly Dictionary<string, IEventHandler> _handlers;

    /// <summary>Opens every projection on the store that its readers read.</summary>
    /// <param name="definitions">The projections; each name once.</param>
    /// <param name="views">Keeps their views.</param>
    /// <param name="supervision">Surrounds their handlers.</param>
    /// <exception cref="ArgumentException">Two projections have one name.</exception>
    public LiveProjections(IEnumerable<IProjectionDefinition> definitions, IViewStore views, ProjectionSupervision supervision) =>
        _handlers = definitions.ToDictionary(d => d.Name, d => supervision.Supervise(d.Name, d.Open(views)), StringComparer.Ordinal);

    /// <summary>Applies an event to a projection.</summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="envelope">The event.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">There is no such projection.</exception>
    public Task<ProjectionOutcome> HandleAsync(string projection, EventEnvelope envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(projection);
        return _handlers.TryGetValue(projection, out var handler)
            ? handler.HandleAsync(envelope, cancellationToken)
            : throw new ArgumentException($"No projection '{projection}' is registered.", nameof(projection));
    }
}
