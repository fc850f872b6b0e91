namespace EventFunctions.EventSourcing;

/// <summary>Finds views as readers are to see them: those of the generation that serves.</summary>
/// <param name="queries">Finds views of all generations.</param>
/// <param name="directory">Knows which one serves.</param>
public sealed class ServingViewQueries(IViewQueries queries, GenerationDirectory directory) : IViewQueries
{
    /// <inheritdoc/>
    public async Task<ViewPage<TView>> FindAsync<TView>(
        ViewQuery query, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(query);
        var serving = (await directory.CurrentAsync(query.Kind, cancellationToken)).Serving;
        return await queries.FindAsync<TView>(query.In(serving), pageSize, continuation, cancellationToken);
    }
}
