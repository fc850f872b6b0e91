namespace EventFunctions.EventSourcing;

/// <summary>Goes through all views of a kind, wherever they are kept. For operators' tasks: what it costs grows with the number of views.</summary>
/// <remarks>Every member fails with <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded.</remarks>
public interface IViewScan
{
    /// <summary>A page of the views of a kind, in no order that means anything. What is written meanwhile may be in it or not.</summary>
    /// <param name="kind">The stored kind.</param>
    /// <param name="pageSize">At most how many, 1 to <see cref="ScannedPage.MaxSize"/>.</param>
    /// <param name="continuation">The previous page's, or <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is out of its range.</exception>
    Task<ScannedPage> ScanAsync(string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a view; one that is not there is no failure.</summary>
    Task DeleteAsync(ViewKey key, CancellationToken cancellationToken = default);
}

/// <summary>A view as a scan finds it.</summary>
/// <param name="Key">Where it is kept.</param>
/// <param name="Current">The view as JSON, with its version.</param>
public sealed record ScannedView(ViewKey Key, VersionedView<RawJson> Current);

/// <summary>A page of a scan.</summary>
/// <param name="Views">Maybe none, also before the end.</param>
/// <param name="Continuation">Begins the next page; <see langword="null"/> after the last.</param>
public sealed record ScannedPage(IReadOnlyList<ScannedView> Views, string? Continuation)
{
    /// <summary>The most views a page may be asked for.</summary>
    public const int MaxSize = 1000;
}
