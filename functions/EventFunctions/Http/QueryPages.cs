using EventFunctions.EventSourcing;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Http;

/// <summary>Pages as requests ask for them, with <c>pageSize</c> and <c>continuation</c>.</summary>
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
        var continuation = QueryParameters.Continuation(request);
        return await AfterAsync(continuation, () => views.FindAsync<TView>(query, pageSize, continuation, cancellationToken));
    }

    /// <summary>Reads the page after a continuation that a request brought. What one looks like is the secret of who gave it.</summary>
    /// <param name="continuation">The continuation; <see langword="null"/> at the beginning.</param>
    /// <param name="read">Reads. An <see cref="ArgumentException"/> is taken to be about the continuation: all else is checked before.</param>
    /// <exception cref="ProblemException">400: the continuation is not one of a page before.</exception>
    /// <typeparam name="TPage">The page.</typeparam>
    public static async Task<TPage> AfterAsync<TPage>(string? continuation, Func<Task<TPage>> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return await read();
        }
        catch (InvalidContinuationException exception)
        {
            throw new ProblemException(Problem.Invalid("continuation", "Must be the continuation of the page before, to the same question."), exception);
        }
        catch (ArgumentException exception) when (continuation is not null)
        {
            throw new ProblemException(Problem.Invalid("continuation", "Must be the continuation of the page before."), exception);
        }
    }
}
