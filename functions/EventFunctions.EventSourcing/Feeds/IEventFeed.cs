namespace EventFunctions.EventSourcing;

/// <summary>
/// Reads all events of a store, range by range. A range is a part of the streams; inside it the events come in the order they
/// were committed in, so those of one stream come by version.
/// </summary>
/// <remarks>Every member fails with <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded.</remarks>
public interface IEventFeed
{
    /// <summary>The ranges, which together have every stream once. What a range is called is the store's secret.</summary>
    Task<IReadOnlyList<string>> ListRangesAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads on in a range.</summary>
    /// <exception cref="ArgumentException">The range or the continuation is not one that the feed gave.</exception>
    Task<EventFeedPage> ReadAsync(EventFeedRequest request, CancellationToken cancellationToken = default);
}

/// <summary>What to read of a feed.</summary>
/// <param name="Range">The range.</param>
/// <param name="Continuation">Where the page before ended; <see langword="null"/> to begin with the first event.</param>
/// <param name="MaxEvents">About how many events to return, 1 or more: an append is never split, so there may be more.</param>
/// <param name="Categories">Whose events are wanted; those of other categories are passed over unread.</param>
public sealed record EventFeedRequest(string Range, string? Continuation, int MaxEvents, IReadOnlySet<string> Categories)
{
    /// <summary>About how many events to return.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxEvents { get; } = MaxEvents >= 1 ? MaxEvents : throw new ArgumentOutOfRangeException(nameof(MaxEvents), MaxEvents, "At least one event is to be read.");
}

/// <summary>A page of a feed.</summary>
/// <param name="Events">The events that were wanted, in the order of the feed.</param>
/// <param name="Unreadable">Events that were wanted and cannot be read.</param>
/// <param name="Continuation">Where to read on.</param>
/// <param name="IsCaughtUp">Whether there was nothing more when the page was read.</param>
public sealed record EventFeedPage(
    IReadOnlyList<EventEnvelope> Events, IReadOnlyList<StreamFailure> Unreadable, string Continuation, bool IsCaughtUp);

/// <summary>An event of a stream that could not be read or applied.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Version">The event's version.</param>
/// <param name="Error">Why.</param>
public sealed record StreamFailure(string Stream, long Version, string Error);
