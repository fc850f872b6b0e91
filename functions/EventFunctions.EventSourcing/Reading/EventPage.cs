namespace EventFunctions.EventSourcing;

/// <summary>A page of events.</summary>
/// <param name="Events">At most as many as asked for; there may be fewer although more follow.</param>
/// <param name="Continuation">Begins the next page, see <see cref="EventPageRequest.Continuation"/>; <see langword="null"/> after the last.</param>
public sealed record EventPage(IReadOnlyList<EventEnvelope> Events, string? Continuation)
{
    /// <summary>The most events a page may be asked for.</summary>
    public const int MaxSize = 200;

    /// <summary>Nothing, and nothing after it.</summary>
    public static EventPage Empty { get; } = new([], null);
}
