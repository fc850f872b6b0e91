namespace EventFunctions.EventSourcing;

/// <summary>Writes several views of one partition together.</summary>
public interface IViewGroups
{
    /// <summary>The most views that are written together: a transactional batch of Cosmos DB takes 100 operations.</summary>
    const int MaxViews = 100;

    /// <summary>Writes a view and those that depend on it, all or none: each if it is still as it was read.</summary>
    /// <param name="partition">The partition of all of them.</param>
    /// <param name="first">One view.</param>
    /// <param name="others">The others, none of them twice; with the first at most <see cref="MaxViews"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether they were written; not where another writer came first to one of them.</returns>
    /// <exception cref="ArgumentException">There are too many views.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached or is overloaded.</exception>
    /// <exception cref="ViewRefusedException">The views are too large for the store.</exception>
    Task<bool> SaveTogetherAsync<TFirst, TOther>(
        string partition, ViewWrite<TFirst> first, IReadOnlyList<ViewWrite<TOther>> others, CancellationToken cancellationToken = default)
        where TFirst : class
        where TOther : class;
}

/// <summary>A view that is to be written.</summary>
/// <param name="Id">Its id in the partition, see <see cref="ViewKey.Id"/>.</param>
/// <param name="Kind">Its stored kind.</param>
/// <param name="View">The view with its version.</param>
/// <param name="ETag">The concurrency token it was read with; <see langword="null"/> to create.</param>
/// <typeparam name="TView">The view's type.</typeparam>
public sealed record ViewWrite<TView>(string Id, string Kind, VersionedView<TView> View, string? ETag)
    where TView : class;
