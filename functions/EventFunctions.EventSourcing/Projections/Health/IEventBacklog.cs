namespace EventFunctions.EventSourcing;

/// <summary>Counts the events that are newer than a moment.</summary>
/// <remarks>
/// For operators, not for a hot path: the store looks at all streams. It fails with <see cref="StoreUnavailableException"/> when
/// the store cannot be reached or is overloaded.
/// </remarks>
public interface IEventBacklog
{
    /// <summary>The events of some categories after a moment.</summary>
    /// <param name="categories">The categories of their streams, of every tenant.</param>
    /// <param name="after">Events of just this time do not count; <see langword="null"/> counts all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<EventBacklog> CountAsync(IReadOnlySet<string> categories, DateTimeOffset? after, CancellationToken cancellationToken = default);
}

/// <summary>Events that wait.</summary>
/// <param name="Events">How many.</param>
/// <param name="Oldest">The time of the oldest, UTC; <see langword="null"/> if there is none.</param>
public sealed record EventBacklog(long Events, DateTimeOffset? Oldest)
{
    /// <summary>Nothing waits.</summary>
    public static EventBacklog None { get; } = new(0, null);
}
