using EventFunctions.EventSourcing;

namespace EventFunctions.Tests.Marketing;

/// <summary>A store that is away after so many writes: as if whoever writes had stopped there.</summary>
internal sealed class CrashingViewStore(IViewStore inner, int writes) : IViewStore
{
    private int _left = writes;

    public Task<StoredView<TView>?> FindAsync<TView>(ViewKey key, CancellationToken cancellationToken = default)
        where TView : class => _left > 0 ? inner.FindAsync<TView>(key, cancellationToken) : throw Away();

    public Task<string?> SaveAsync<TView>(
        ViewKey key, string kind, VersionedView<TView> view, string? etag, CancellationToken cancellationToken = default)
        where TView : class => _left-- > 0 ? inner.SaveAsync(key, kind, view, etag, cancellationToken) : throw Away();

    public Task<bool> SaveTogetherAsync<TFirst, TOther>(
        string partition, ViewWrite<TFirst> first, IReadOnlyList<ViewWrite<TOther>> others, CancellationToken cancellationToken = default)
        where TFirst : class
        where TOther : class => throw Away();

    public Task<ViewPage<TView>> ListAsync<TView>(
        string partition, string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class => throw Away();

    private static StoreUnavailableException Away() => new("The store is away.");
}
