namespace EventFunctions.EventSourcing.Tests.Sample;

/// <summary>Counts what is asked of a view store, and lets a test step in before and after a save.</summary>
public sealed class ObservedViewStore : IViewStore
{
    private int _finds;
    private int _saves;

    /// <summary>The store that is asked; another one has lost all views.</summary>
    public IViewStore Inner { get; set; } = new InMemoryViewStore();

    public Func<Task> BeforeSave { get; set; } = () => Task.CompletedTask;

    public Func<Task> AfterSave { get; set; } = () => Task.CompletedTask;

    /// <summary>Which saves are refused for good.</summary>
    public Func<ViewKey, bool> Refuses { get; set; } = _ => false;

    /// <summary>The finds and saves since the last call.</summary>
    public (int Finds, int Saves) TakeCounts() => (Interlocked.Exchange(ref _finds, 0), Interlocked.Exchange(ref _saves, 0));

    public Task<StoredView<TView>?> FindAsync<TView>(ViewKey key, CancellationToken cancellationToken = default)
        where TView : class
    {
        Interlocked.Increment(ref _finds);
        return Inner.FindAsync<TView>(key, cancellationToken);
    }

    public async Task<string?> SaveAsync<TView>(
        ViewKey key, string kind, VersionedView<TView> view, string? etag, CancellationToken cancellationToken = default)
        where TView : class
    {
        Interlocked.Increment(ref _saves);
        await BeforeSave();
        if (Refuses(key))
        {
            throw new InvalidOperationException($"'{key.Partition}/{key.Id}' is refused.");
        }

        var token = await Inner.SaveAsync(key, kind, view, etag, cancellationToken);
        await AfterSave();
        return token;
    }

    public async Task<IReadOnlyList<string>?> SaveTogetherAsync<TOne, TOther>(
        string partition, IReadOnlyList<ViewWrite<TOne>> ones, IReadOnlyList<ViewWrite<TOther>> others, CancellationToken cancellationToken = default)
        where TOne : class
        where TOther : class
    {
        Interlocked.Increment(ref _saves);
        await BeforeSave();
        var tokens = await Inner.SaveTogetherAsync(partition, ones, others, cancellationToken);
        await AfterSave();
        return tokens;
    }

    public Task<ViewPage<TView>> ListAsync<TView>(
        string partition, string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class => Inner.ListAsync<TView>(partition, kind, pageSize, continuation, cancellationToken);
}
