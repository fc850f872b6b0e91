using EventFunctions.EventSourcing;
using EventFunctions.Http;

namespace EventFunctions.Projections;

/// <summary>Reads those views of one partition for which a condition holds, page by page and at a bounded cost.</summary>
/// <param name="views">The views.</param>
/// <param name="partition">The partition.</param>
/// <param name="kind">The kind of the views.</param>
/// <typeparam name="TView">The view's type.</typeparam>
public sealed class FilteredViewPages<TView>(IViewStore views, string partition, string kind)
    where TView : class
{
    /// <summary>How many pages of the store are read for one of the answer; what is found by then is the answer.</summary>
    public const int StorePages = 10;

    /// <summary>The next page.</summary>
    /// <param name="isWanted">The condition.</param>
    /// <param name="pageSize">How many at most.</param>
    /// <param name="continuation">The page's before, or <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was found, and what continues; <see langword="null"/> after the last.</returns>
    /// <exception cref="ProblemException">400: the continuation is not one of a page before.</exception>
    public async Task<(IReadOnlyList<TView> Views, string? Continuation)> ReadAsync(
        Func<TView, bool> isWanted, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        for (var read = 1; ; read++)
        {
            var after = continuation;
            var page = await QueryPages.AfterAsync(after, () => views.ListAsync<TView>(partition, kind, pageSize, after, cancellationToken));
            var found = page.Views.Select(v => v.View).Where(isWanted).ToList();
            if (found.Count > 0 || page.Continuation is null || read == StorePages)
            {
                return (found, page.Continuation);
            }

            continuation = page.Continuation;
        }
    }
}
