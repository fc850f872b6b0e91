using EventFunctions.EventSourcing;

namespace EventFunctions.Tests.Projections;

/// <summary>Numbers every call of the stores that a rebuild makes, and lets a test get in before and after each.</summary>
internal sealed class TappedStores(InMemoryViewStore views, InMemoryEventStore events) : IViewStore, IViewScan, IEventFeed
{
    private int _calls;

    public int Calls => _calls;

    /// <summary>Told the number of the call, from 1, and its token. What it throws, the call throws, without having had an effect.</summary>
    public Func<int, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>The same after the call has had its effect.</summary>
    public Func<int, CancellationToken, Task> After { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Refuses some saves for good: by key and kind.</summary>
    public Func<ViewKey, string, bool> Refuses { get; set; } = (_, _) => false;

    public Task<StoredView<TView>?> FindAsync<TView>(ViewKey key, CancellationToken cancellationToken = default)
        where TView : class => TapAsync(() => views.FindAsync<TView>(key, cancellationToken), cancellationToken);

    public Task<string?> SaveAsync<TView>(
        ViewKey key, string kind, VersionedView<TView> view, string? etag, CancellationToken cancellationToken = default)
        where TView : class => Refuses(key, kind)
            ? throw new InvalidOperationException($"'{key.Partition}' is refused.")
            : TapAsync(() => views.SaveAsync(key, kind, view, etag, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<string>?> SaveTogetherAsync<TOne, TOther>(
        string partition, IReadOnlyList<ViewWrite<TOne>> ones, IReadOnlyList<ViewWrite<TOther>> others, CancellationToken cancellationToken = default)
        where TOne : class
        where TOther : class => TapAsync(() => views.SaveTogetherAsync(partition, ones, others, cancellationToken), cancellationToken);

    public Task<ViewPage<TView>> ListAsync<TView>(
        string partition, string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class => TapAsync(() => views.ListAsync<TView>(partition, kind, pageSize, continuation, cancellationToken), cancellationToken);

    public Task<ScannedPage> ScanAsync(string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default) =>
        TapAsync(() => views.ScanAsync(kind, pageSize, continuation, cancellationToken), cancellationToken);

    public Task DeleteAsync(ViewKey key, CancellationToken cancellationToken = default) => TapAsync(async () =>
    {
        await views.DeleteAsync(key, cancellationToken);
        return true;
    }, cancellationToken);

    public Task<IReadOnlyList<string>> ListRangesAsync(CancellationToken cancellationToken = default) =>
        TapAsync(() => events.ListRangesAsync(cancellationToken), cancellationToken);

    public Task<EventFeedPage> ReadAsync(EventFeedRequest request, CancellationToken cancellationToken = default) =>
        TapAsync(() => events.ReadAsync(request, cancellationToken), cancellationToken);

    private async Task<T> TapAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _calls);
        await Before(number, cancellationToken);
        var result = await call();
        await After(number, cancellationToken);
        return result;
    }
}
