namespace EventFunctions.EventSourcing;

/// <summary>Finds views by what they show, inside one partition.</summary>
/// <remarks>Fails with <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded.</remarks>
public interface IViewQueries
{
    /// <summary>A page of the views that a query asks for. Views written meanwhile may be missed or come twice, as in any list.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="pageSize">1 to <see cref="ViewPage{TView}.MaxSize"/>.</param>
    /// <param name="continuation">The page before's, or <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is out of its range.</exception>
    /// <exception cref="InvalidContinuationException">The continuation is not one of a page of this query.</exception>
    /// <exception cref="ViewRefusedException">A stored view does not fit <typeparamref name="TView"/>.</exception>
    /// <typeparam name="TView">The view's type.</typeparam>
    Task<ViewPage<TView>> FindAsync<TView>(
        ViewQuery query, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class;
}
