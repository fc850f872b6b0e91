using EventFunctions.EventSourcing;

namespace EventFunctions.Tests.Marketing;

/// <summary>A store that is gone with the first write: as if whoever writes had stopped there.</summary>
/// <param name="inner">The store.</param>
/// <param name="isWritten">Whether it has the write, and only the answer is lost.</param>
internal sealed class CrashingViewStore(IViewStore inner, bool isWritten) : IViewStore
{
    public Task<StoredView<TView>?> FindAsync<TView>(ViewKey key, CancellationToken cancellationToken = default)
        where TView : class => inner.FindAsync<TView>(key, cancellationToken);

    public Task<string?> SaveAsync<TView>(
        ViewKey key, string kind, VersionedView<TView> view, string? etag, CancellationToken cancellationToken = default)
        where TView : class => throw Away();

    public async Task<IReadOnlyList<string>?> SaveTogetherAsync<TOne, TOther>(
        string partition, IReadOnlyList<ViewWrite<TOne>> ones, IReadOnlyList<ViewWrite<TOther>> others, CancellationToken cancellationToken = default)
        where TOne : class
        where TOther : class
    {
        if (isWritten)
        {
            await inner.SaveTogetherAsync(partition, ones, others, cancellationToken);
        }

        throw Away();
    }

    public Task<ViewPage<TView>> ListAsync<TView>(
        string partition, string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class => throw Away();

    private static StoreUnavailableException Away() => new("The store is away.");
}
