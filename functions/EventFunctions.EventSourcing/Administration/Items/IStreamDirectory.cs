namespace EventFunctions.EventSourcing;

/// <summary>Every stream of a store, page by page, in an order of the store's own.</summary>
/// <remarks>
/// It goes over all partitions, so it is for administration alone. A stream that is written while the pages are read is on one
/// of them or, if it is new, may be on none. It fails with <see cref="StoreUnavailableException"/> when the store cannot be
/// reached or is overloaded.
/// </remarks>
public interface IStreamDirectory
{
    /// <summary>A page of streams.</summary>
    /// <param name="pageSize">How many at most: 1 to <see cref="DirectoryPage.MaxSize"/>.</param>
    /// <param name="continuation">The page before's, or <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is out of its range.</exception>
    /// <exception cref="ArgumentException">The continuation is not one that the directory returned.</exception>
    Task<DirectoryPage> ListAsync(int pageSize, string? continuation = null, CancellationToken cancellationToken = default);
}

/// <summary>A page of streams.</summary>
/// <param name="Entries">At most as many as asked for; may be empty before the end.</param>
/// <param name="Continuation">Asks for the next page; <see langword="null"/> after the last.</param>
public sealed record DirectoryPage(IReadOnlyList<DirectoryEntry> Entries, string? Continuation)
{
    /// <summary>The most streams a page may be asked for.</summary>
    public const int MaxSize = 100;
}

/// <summary>A stream in the directory.</summary>
/// <param name="Stream">Its name as stored, which may break the rules of <see cref="StreamName"/>.</param>
/// <param name="Head">Its head, where it can be read.</param>
/// <param name="Problem">Why the head cannot be read, where it cannot.</param>
public sealed record DirectoryEntry(string Stream, StreamHead? Head, string? Problem = null);
