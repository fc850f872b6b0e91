namespace EventFunctions.EventSourcing;

/// <summary>Turns the events of one stream into one view of it.</summary>
/// <typeparam name="TView">The view: an immutable record that serializes to JSON.</typeparam>
public interface IProjection<TView>
    where TView : class
{
    /// <summary>The stored kind of the view, lower-case and hyphenated, e.g. <c>order-summary</c>.</summary>
    string Name { get; }

    /// <summary>Where the view of the event's stream is kept; the same for every event of one stream.</summary>
    ViewKey KeyOf(EventEnvelope envelope);

    /// <summary>The view after the event. Pure; events the view does not care for return it unchanged.</summary>
    /// <param name="view">The view so far; <see langword="null"/> before the stream's first event.</param>
    /// <param name="envelope">The next event of the stream.</param>
    TView Apply(TView? view, EventEnvelope envelope);
}
