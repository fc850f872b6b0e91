namespace EventFunctions.EventSourcing;

/// <summary>Writes several views of one partition together.</summary>
public interface IViewGroups
{
    /// <summary>The most views that are written together: a transactional batch of Cosmos DB takes 100 operations.</summary>
    const int MaxViews = 100;

    /// <summary>Writes views of two types, all or none: each if it is still as it was read.</summary>
    /// <param name="partition">The partition of all of them.</param>
    /// <param name="ones">Those of one type.</param>
    /// <param name="others">Those of the other; none is twice among both, and there are 1 to <see cref="MaxViews"/> in all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// The concurrency tokens of what was written, in the order of the arguments; <see langword="null"/> where another writer came first
    /// to one of them.
    /// </returns>
    /// <exception cref="ArgumentException">There are no views, or too many.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached or is overloaded.</exception>
    /// <exception cref="ViewRefusedException">The views are too large for the store.</exception>
    Task<IReadOnlyList<string>?> SaveTogetherAsync<TOne, TOther>(
        string partition, IReadOnlyList<ViewWrite<TOne>> ones, IReadOnlyList<ViewWrite<TOther>> others, CancellationToken cancellationToken = default)
        where TOne : class
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

/// <summary>How many views there may be in a group; the same for every store.</summary>
public static class ViewGroupSize
{
    /// <summary>Refuses a group that no store takes.</summary>
    /// <exception cref="ArgumentException">There are no views, or too many.</exception>
    public static void Check(int views)
    {
        if (views is < 1 or > IViewGroups.MaxViews)
        {
            throw new ArgumentException($"1 to {IViewGroups.MaxViews} views are written together, not {views}.", nameof(views));
        }
    }
}
