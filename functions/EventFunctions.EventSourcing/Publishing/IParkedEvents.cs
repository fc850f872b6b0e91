namespace EventFunctions.EventSourcing;

/// <summary>Remembers the events that cannot be published, until somebody has mended the cause.</summary>
/// <remarks>Every member fails with <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded.</remarks>
public interface IParkedEvents
{
    /// <summary>
    /// Parks an event. Parking it again replaces the reason and not the time; one that was discarded stays so, because the feed
    /// may hand out anything twice.
    /// </summary>
    Task ParkAsync(ParkedEvent parked, CancellationToken cancellationToken = default);

    /// <summary>Forgets an event, because it is published by now. One that is not parked, or was discarded, is left alone.</summary>
    Task RemoveAsync(DocumentReference source, CancellationToken cancellationToken = default);

    /// <summary>Decides that an event is never to be published. Who did, why and when is kept; the first decision counts.</summary>
    /// <returns>What is kept now; <see langword="null"/> where the event is not parked.</returns>
    Task<ParkedEvent?> DiscardAsync(DocumentReference source, Discard discard, CancellationToken cancellationToken = default);
}

/// <summary>Shows what <see cref="IParkedEvents"/> has parked.</summary>
/// <remarks>Every member fails with <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded.</remarks>
public interface IParkedEventList
{
    /// <summary>The events that wait, what was parked first at the front, a page at a time; discarded ones are not among them.</summary>
    /// <param name="pageSize">1 to <see cref="ParkedPage.MaxSize"/>.</param>
    /// <param name="continuation">The previous page's, or <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is out of its range.</exception>
    /// <exception cref="ArgumentException">The continuation is not one that a list returned.</exception>
    Task<ParkedPage> ListAsync(int pageSize, string? continuation = null, CancellationToken cancellationToken = default);

    /// <summary>A parked event, also a discarded one, or <see langword="null"/>.</summary>
    Task<ParkedEvent?> FindAsync(DocumentReference source, CancellationToken cancellationToken = default);

    /// <summary>The events of one stream that wait, up to one of them and with it, in the stream's order.</summary>
    Task<IReadOnlyList<ParkedEvent>> UpToAsync(DocumentReference source, CancellationToken cancellationToken = default);
}

/// <summary>A page of parked events.</summary>
/// <param name="Events">At most as many as asked for.</param>
/// <param name="Continuation">Begins the next page; <see langword="null"/> after the last.</param>
public sealed record ParkedPage(IReadOnlyList<ParkedEvent> Events, string? Continuation)
{
    /// <summary>The most events a page may be asked for.</summary>
    public const int MaxSize = 100;
}
