namespace EventFunctions.EventSourcing;

/// <summary>A view as a handler wrote it.</summary>
/// <param name="Key">Where.</param>
/// <param name="Current">The view with its version; shared by all who know it, as it never changes.</param>
/// <param name="Token">The concurrency token that the store gave it.</param>
internal sealed record KnownView<TView>(ViewKey Key, VersionedView<TView> Current, string Token) : IKnownItem<ViewKey>
    where TView : class
{
    long IKnownItem<ViewKey>.Version => Current.Version;
}
