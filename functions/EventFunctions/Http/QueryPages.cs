using EventFunctions.EventSourcing;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Http;

/// <summary>Pages of views as requests ask for them, with <c>pageSize</c> and <c>continuation</c>.</summary>
public static class QueryPages
{
    /// <summary>The page that a request asks for.</summary>
    /// <param name="views">Finds the views.</param>
    /// <param name="query">Which views.</param>
    /// <param name="request">The request.</param>
    /// <param name="usual">How many views a page holds unless the request tells.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProblemException">400: the size is out of its range, or the continuation is none of this query's.</exception>
    /// <typeparam name="TView">The view's type.</typeparam>
    public static async Task<ViewPage<TView>> ReadAsync<TView>(
        IViewQueries views, ViewQuery query, HttpRequest request, int usual, CancellationToken cancellationToken)
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(views);
        var pageSize = QueryParameters.PageSize(request, usual, ViewPage<TView>.MaxSize);
        try
        {
            return await views.FindAsync<TView>(query, pageSize, QueryParameters.Continuation(request), cancellationToken);
        }
        catch (InvalidContinuationException exception)
        {
            throw new ProblemException(Problem.Invalid("continuation", "Must be the continuation of the page before, to the same question."), exception);
        }
    }
}
