namespace EventFunctions.EventSourcing;

/// <summary>Deletes the views of a generation that is retired.</summary>
/// <param name="scan">Finds and deletes the views.</param>
/// <param name="register">Knows what is retired.</param>
/// <param name="projections">Know what kinds of views they keep.</param>
public sealed class GenerationPurge(IViewScan scan, GenerationRegister register, ProjectionSet projections)
{
    private const int PageSize = 100;
    private const int Concurrency = 16;

    /// <summary>Deletes up to so many views.</summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="generation">The generation.</param>
    /// <param name="maxViews">About how many to delete at most, 1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were deleted; 0 when none are left.</returns>
    /// <exception cref="InvalidOperationException">The generation is in use.</exception>
    public async Task<int> RunAsync(string projection, int generation, int maxViews, CancellationToken cancellationToken = default)
    {
        var generations = await register.LoadAsync(projection, cancellationToken);
        if (generations.Serving == generation || generations.Followers.Contains(generation))
        {
            throw new InvalidOperationException($"Generation {generation} of projection '{projection}' is in use; its views cannot be deleted.");
        }

        var deleted = 0;
        foreach (var kind in projections.Get(projection).Kinds)
        {
            deleted += deleted < maxViews
                ? await DeleteAsync(GenerationViewStore.KindOf(kind, generation), maxViews - deleted, cancellationToken)
                : 0;
        }

        return deleted;
    }

    private async Task<int> DeleteAsync(string kind, int maxViews, CancellationToken cancellationToken)
    {
        var deleted = 0;
        string? continuation = null;
        do
        {
            var page = await scan.ScanAsync(kind, PageSize, continuation, cancellationToken);
            await Parallel.ForEachAsync(
                page.Views,
                new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
                async (view, token) => await scan.DeleteAsync(view.Key, token));
            deleted += page.Views.Count;
            continuation = page.Continuation;
        }
        while (continuation is not null && deleted < maxViews);

        return deleted;
    }
}
