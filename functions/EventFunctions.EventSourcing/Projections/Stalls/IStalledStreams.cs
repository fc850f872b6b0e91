namespace EventFunctions.EventSourcing;

/// <summary>Remembers, for each projection, the streams that have stalled.</summary>
/// <remarks>
/// Asked only where an event fails or a gap was healed, never for an event that is simply the next. Every member fails with
/// <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded.
/// </remarks>
public interface IStalledStreams
{
    /// <summary>Records a failure, merged with what is recorded of the stream by <see cref="StalledStream.After"/>.</summary>
    /// <returns>What is recorded now.</returns>
    Task<StalledStream> RecordAsync(StalledStream failure, CancellationToken cancellationToken = default);

    /// <summary>What is recorded of a stream, or <see langword="null"/>.</summary>
    Task<StalledStream?> FindAsync(string projection, StreamName stream, CancellationToken cancellationToken = default);

    /// <summary>Forgets that a stream has stalled, unless an event after those that are applied is awaited.</summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="applied">The version up to which everything is applied.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether something was recorded and is no more.</returns>
    Task<bool> RemoveAsync(string projection, StreamName stream, long applied, CancellationToken cancellationToken = default);
}

/// <summary>Lists what <see cref="IStalledStreams"/> has recorded.</summary>
/// <remarks>Every member fails with <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded.</remarks>
public interface IStalledStreamList
{
    /// <summary>How many streams of a projection have stalled.</summary>
    Task<long> CountAsync(string projection, CancellationToken cancellationToken = default);

    /// <summary>The stalled streams of a projection, the one that stalled first at the front, a page at a time.</summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="pageSize">1 to <see cref="StalledPage.MaxSize"/>.</param>
    /// <param name="continuation">The previous page's, or <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is out of its range.</exception>
    /// <exception cref="ArgumentException">The continuation is not one that a list returned.</exception>
    Task<StalledPage> ListAsync(string projection, int pageSize, string? continuation = null, CancellationToken cancellationToken = default);
}

/// <summary>A page of stalled streams.</summary>
/// <param name="Streams">At most as many as asked for.</param>
/// <param name="Continuation">Begins the next page; <see langword="null"/> after the last.</param>
public sealed record StalledPage(IReadOnlyList<StalledStream> Streams, string? Continuation)
{
    /// <summary>The most streams a page may be asked for.</summary>
    public const int MaxSize = 100;
}
