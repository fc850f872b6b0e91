namespace EventFunctions.EventSourcing;

/// <summary>A projection that adds up the streams of one category.</summary>
/// <param name="projection">Knows what the events contribute.</param>
/// <param name="category">The category of the streams.</param>
/// <param name="events">Has the events that did not arrive.</param>
/// <typeparam name="TState">What is remembered of one stream.</typeparam>
/// <typeparam name="TTally">What is added up.</typeparam>
public sealed class TallyProjectionDefinition<TState, TTally>(
    ITallyProjection<TState, TTally> projection, string category, IEventStore events) : IProjectionDefinition
    where TState : class
    where TTally : class, ITally<TTally>
{
    /// <inheritdoc/>
    public string Name => projection.Name;

    /// <inheritdoc/>
    public IReadOnlySet<string> Categories { get; } = new HashSet<string>([category], StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds { get; } = [projection.Name, TallyKinds.StreamOf(projection.Name), TallyKinds.PartOf(projection.Name)];

    /// <inheritdoc/>
    public IEventHandler Open(IViewStore views) => new TallyHandler<TState, TTally>(projection, views, events);

    /// <summary>Streams go side by side; those that meet in a tally take turns.</summary>
    public IEventReplay OpenReplay(IViewStore views) => new HandlerReplay(Open(views));
}
