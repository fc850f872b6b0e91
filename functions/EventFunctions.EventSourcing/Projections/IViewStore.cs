namespace EventFunctions.EventSourcing;

/// <summary>Keeps views: a point read and a point write by key, and a list inside one partition.</summary>
/// <remarks>
/// Every member fails with <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded, and with
/// <see cref="ViewRefusedException"/> where a view itself is the reason.
/// </remarks>
public interface IViewStore : IViewGroups
{
    /// <summary>The view at a key, or <see langword="null"/>.</summary>
    Task<StoredView<TView>?> FindAsync<TView>(ViewKey key, CancellationToken cancellationToken = default)
        where TView : class;

    /// <summary>Writes a view if it is still as it was read.</summary>
    /// <param name="key">Where.</param>
    /// <param name="kind">The projection's name.</param>
    /// <param name="view">The new view with the version of the stream it shows.</param>
    /// <param name="etag">The concurrency token it was read with; <see langword="null"/> to create.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The concurrency token it has now; <see langword="null"/> if another writer came first and nothing was written.</returns>
    Task<string?> SaveAsync<TView>(ViewKey key, string kind, VersionedView<TView> view, string? etag, CancellationToken cancellationToken = default)
        where TView : class;

    /// <summary>The views of one kind in one partition, newest <see cref="VersionedView{TView}.Since"/> first, a page at a time.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="kind">The projection's name.</param>
    /// <param name="pageSize">1 to <see cref="ViewPage{TView}.MaxSize"/>.</param>
    /// <param name="continuation">The previous page's, or <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is out of its range.</exception>
    /// <exception cref="ArgumentException">The continuation is not one that a list returned.</exception>
    Task<ViewPage<TView>> ListAsync<TView>(
        string partition, string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class;
}

/// <summary>A view and how far it has come.</summary>
/// <param name="View">The view.</param>
/// <param name="Version">The version of the stream it shows.</param>
/// <param name="Since">The time of the stream's first event: the order of a list.</param>
/// <param name="AsOf">The time of the newest event it shows.</param>
/// <typeparam name="TView">The view's type.</typeparam>
public sealed record VersionedView<TView>(TView View, long Version, DateTimeOffset Since, DateTimeOffset AsOf)
    where TView : class;

/// <summary>A view as it was read.</summary>
/// <param name="Current">The view with its version.</param>
/// <param name="ETag">The concurrency token.</param>
/// <typeparam name="TView">The view's type.</typeparam>
public sealed record StoredView<TView>(VersionedView<TView> Current, string ETag)
    where TView : class;

/// <summary>A page of views.</summary>
/// <param name="Views">At most as many as asked for.</param>
/// <param name="Continuation">Begins the next page; <see langword="null"/> after the last.</param>
/// <typeparam name="TView">The view's type.</typeparam>
public sealed record ViewPage<TView>(IReadOnlyList<VersionedView<TView>> Views, string? Continuation)
    where TView : class
{
    /// <summary>The most views a page may be asked for.</summary>
    public const int MaxSize = 100;
}
