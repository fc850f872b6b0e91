using System.Collections.Concurrent;
using System.Text.Json;
using EventFunctions.EventSourcing;

namespace EventFunctions.Tests.Delivery;

/// <summary>Keeps, beside the store, where every view is: whatever projections there are.</summary>
internal sealed class RecordedViewStore(IViewStore inner) : IViewStore
{
    private readonly ConcurrentDictionary<ViewKey, Func<Task<string>>> _shown = new();

    /// <summary>Every view with its place, its version and its times.</summary>
    public async Task<IReadOnlyList<string>> ShownAsync() =>
        [.. (await Task.WhenAll(_shown.Select(async s => $"{s.Key.Partition}/{s.Key.Id} {await s.Value()}"))).Order(StringComparer.Ordinal)];

    public Task<StoredView<TView>?> FindAsync<TView>(ViewKey key, CancellationToken cancellationToken = default)
        where TView : class => inner.FindAsync<TView>(key, cancellationToken);

    public async Task<string?> SaveAsync<TView>(
        ViewKey key, string kind, VersionedView<TView> view, string? etag, CancellationToken cancellationToken = default)
        where TView : class
    {
        var token = await inner.SaveAsync(key, kind, view, etag, cancellationToken);
        if (token is not null)
        {
            Show<TView>(key, kind);
        }

        return token;
    }

    public async Task<IReadOnlyList<string>?> SaveTogetherAsync<TOne, TOther>(
        string partition, IReadOnlyList<ViewWrite<TOne>> ones, IReadOnlyList<ViewWrite<TOther>> others, CancellationToken cancellationToken = default)
        where TOne : class
        where TOther : class
    {
        var tokens = await inner.SaveTogetherAsync(partition, ones, others, cancellationToken);
        if (tokens is not null)
        {
            foreach (var one in ones)
            {
                Show<TOne>(new ViewKey(partition, one.Id), one.Kind);
            }

            foreach (var other in others)
            {
                Show<TOther>(new ViewKey(partition, other.Id), other.Kind);
            }
        }

        return tokens;
    }

    public Task<ViewPage<TView>> ListAsync<TView>(
        string partition, string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class => inner.ListAsync<TView>(partition, kind, pageSize, continuation, cancellationToken);

    /// <summary>Asked for in the end: of two writers side by side, the one that is told last need not have written last.</summary>
    private void Show<TView>(ViewKey key, string kind)
        where TView : class =>
        _shown.TryAdd(key, async () => $"{kind} {JsonSerializer.Serialize((await inner.FindAsync<TView>(key))?.Current, EventJson.Options)}");
}
