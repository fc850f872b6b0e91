using EventFunctions.EventSourcing;

namespace EventFunctions.Tests.Projections;

/// <summary>A view store that a test can take away; it counts the views that are written.</summary>
internal sealed class FailingViewStore : IViewStore
{
    private readonly InMemoryViewStore _inner = new();

    public bool IsAway { get; set; }

    public int Saves { get; private set; }

    public Task<StoredView<TView>?> FindAsync<TView>(ViewKey key, CancellationToken cancellationToken = default)
        where TView : class => _inner.FindAsync<TView>(key, cancellationToken);

    public Task<string?> SaveAsync<TView>(
        ViewKey key, string kind, VersionedView<TView> view, string? etag, CancellationToken cancellationToken = default)
        where TView : class
    {
        if (IsAway)
        {
            throw new StoreUnavailableException("The views are away.");
        }

        Saves++;
        return _inner.SaveAsync(key, kind, view, etag, cancellationToken);
    }

    public Task<IReadOnlyList<string>?> SaveTogetherAsync<TOne, TOther>(
        string partition, IReadOnlyList<ViewWrite<TOne>> ones, IReadOnlyList<ViewWrite<TOther>> others, CancellationToken cancellationToken = default)
        where TOne : class
        where TOther : class => IsAway
            ? throw new StoreUnavailableException("The views are away.")
            : _inner.SaveTogetherAsync(partition, ones, others, cancellationToken);

    public Task<ViewPage<TView>> ListAsync<TView>(
        string partition, string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class => _inner.ListAsync<TView>(partition, kind, pageSize, continuation, cancellationToken);
}
