namespace EventFunctions.EventSourcing;

/// <summary>The views as readers are to see them: those of the generation that serves.</summary>
/// <param name="views">Keeps all generations.</param>
/// <param name="directory">Knows which one serves.</param>
public sealed class ServingViews(IViewStore views, GenerationDirectory directory)
{
    /// <summary>
    /// The store to read a projection's views from. Ask for each request: a switch takes effect for those who ask after it.
    /// </summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IViewStore> OfAsync(string projection, CancellationToken cancellationToken = default) =>
        new GenerationViewStore(views, (await directory.CurrentAsync(projection, cancellationToken)).Serving);
}
