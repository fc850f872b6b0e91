using System.Collections.Concurrent;

namespace EventFunctions.EventSourcing;

/// <summary>Keeps views in memory, as the JSON another store would keep.</summary>
/// <param name="personalData">Seals the views; <see cref="PersonalDataVault.None"/> where it is left out.</param>
public sealed class InMemoryViewStore(PersonalDataVault? personalData = null) : IViewStore, IViewScan, IViewErasure
{
    private readonly PersonalDataVault _personalData = personalData ?? PersonalDataVault.None;
    private readonly ConcurrentDictionary<ViewKey, Item> _items = new();

    /// <inheritdoc/>
    public async Task<StoredView<TView>?> FindAsync<TView>(ViewKey key, CancellationToken cancellationToken = default)
        where TView : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _items.TryGetValue(key, out var item)
            ? new StoredView<TView>(await item.ReadAsync<TView>(key, _personalData, cancellationToken), item.ETag)
            : null;
    }

    /// <inheritdoc/>
    public async Task<string?> SaveAsync<TView>(
        ViewKey key, string kind, VersionedView<TView> view, string? etag, CancellationToken cancellationToken = default)
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(view);
        cancellationToken.ThrowIfCancellationRequested();
        var closed = await SealedView.CloseAsync(_personalData, key, view.View, cancellationToken);
        var item = new Item(Guid.NewGuid().ToString("N"), kind, view.Version, view.Since, view.AsOf, closed);
        var isWritten = etag is null
            ? _items.TryAdd(key, item)
            : _items.TryGetValue(key, out var current) && current.ETag == etag && _items.TryUpdate(key, item, current);
        return isWritten ? item.ETag : null;
    }

    /// <inheritdoc/>
    public async Task<ViewPage<TView>> ListAsync<TView>(
        string partition, string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, ViewPage<TView>.MaxSize);
        cancellationToken.ThrowIfCancellationRequested();
        var after = Position.Parse(continuation);
        var rest = _items
            .Where(i => i.Key.Partition == partition && i.Value.Kind == kind)
            .Select(i => (Position: new Position(i.Value.Since.UtcTicks, i.Key.Id), i.Key, Item: i.Value))
            .Where(i => after is null || i.Position.Follows(after))
            .OrderByDescending(i => i.Position.SinceTicks)
            .ThenBy(i => i.Position.Id, StringComparer.Ordinal)
            .Take(pageSize + 1)
            .ToList();
        var page = rest.Take(pageSize).ToList();
        var views = new List<VersionedView<TView>>(page.Count);
        foreach (var (_, key, item) in page)
        {
            views.Add(await item.ReadAsync<TView>(key, _personalData, cancellationToken));
        }
        return new ViewPage<TView>(views, rest.Count > pageSize ? page[^1].Position.ToString() : null);
    }

    /// <inheritdoc/>
    public async Task<ScannedPage> ScanAsync(string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, ScannedPage.MaxSize);
        cancellationToken.ThrowIfCancellationRequested();
        var rest = _items
            .Where(i => i.Value.Kind == kind)
            .Select(i => (Place: $"{i.Key.Partition}\n{i.Key.Id}", i.Key, Item: i.Value))
            .Where(i => continuation is null || string.CompareOrdinal(i.Place, continuation) > 0)
            .OrderBy(i => i.Place, StringComparer.Ordinal)
            .Take(pageSize + 1)
            .ToList();
        var page = rest.Take(pageSize).ToList();
        var views = new List<ScannedView>(page.Count);
        foreach (var (_, key, item) in page)
        {
            views.Add(new ScannedView(key, await item.ReadAsync<RawJson>(key, _personalData, cancellationToken)));
        }
        return new ScannedPage(views, rest.Count > pageSize ? page[^1].Place : null);
    }

    /// <inheritdoc/>
    public Task DeleteAsync(ViewKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _items.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> EraseAsync(DataSubjectId subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        cancellationToken.ThrowIfCancellationRequested();
        var erased = 0;
        foreach (var (key, _) in _items.Where(i => i.Value.IsAbout(subject)).ToList())
        {
            while (_items.TryGetValue(key, out var current) && current.IsAbout(subject))
            {
                erased += _items.TryUpdate(key, current.Erased(), current) ? 1 : 0;
            }
        }
        return Task.FromResult(erased);
    }

    /// <summary>Compared by reference, so an update takes the place of just what was read.</summary>
    private sealed class Item(string etag, string kind, long version, DateTimeOffset since, DateTimeOffset asOf, SealedView view)
    {
        public string ETag { get; } = etag;

        public string Kind { get; } = kind;

        public DateTimeOffset Since { get; } = since;

        public async ValueTask<VersionedView<TView>> ReadAsync<TView>(
            ViewKey key, PersonalDataVault personalData, CancellationToken cancellationToken)
            where TView : class =>
            new(await SealedView.OpenAsync<TView>(personalData, key, view.Json, cancellationToken), version, Since, asOf);

        public bool IsAbout(DataSubjectId subject) => view.Subject == subject.ToString();

        public Item Erased() => new(Guid.NewGuid().ToString("N"), Kind, version, Since, asOf, view.Erased());
    }

    /// <summary>A place in a list: newest first, by id where the times are the same.</summary>
    private sealed record Position(long SinceTicks, string Id)
    {
        public bool Follows(Position other) =>
            SinceTicks < other.SinceTicks || (SinceTicks == other.SinceTicks && string.CompareOrdinal(Id, other.Id) > 0);

        public override string ToString() => $"{SinceTicks}:{Id}";

        public static Position? Parse(string? continuation)
        {
            if (continuation is null)
            {
                return null;
            }

            var colon = continuation.IndexOf(':', StringComparison.Ordinal);
            return colon > 0 && long.TryParse(continuation.AsSpan(0, colon), out var ticks)
                ? new Position(ticks, continuation[(colon + 1)..])
                : throw new ArgumentException("The continuation is not one that a list returned.", nameof(continuation));
        }
    }
}
