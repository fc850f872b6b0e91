namespace EventFunctions.EventSourcing;

/// <summary>A projection that makes one view of each stream of one category.</summary>
/// <param name="projection">Makes the view.</param>
/// <param name="category">The category of the streams.</param>
/// <param name="events">Has the events that did not arrive.</param>
/// <typeparam name="TView">The view.</typeparam>
public sealed class StreamProjectionDefinition<TView>(IProjection<TView> projection, string category, IEventStore events) : IProjectionDefinition
    where TView : class
{
    /// <inheritdoc/>
    public string Name => projection.Name;

    /// <inheritdoc/>
    public IReadOnlySet<string> Categories { get; } = new HashSet<string>([category], StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEventHandler Open(IViewStore views) => new ProjectionHandler<TView>(projection, views, events);

    /// <inheritdoc/>
    public IEventReplay OpenReplay(IViewStore views) => new ProjectionReplay<TView>(projection, views, events);
}
