using System.Collections.Concurrent;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Keeps views in memory, as the JSON another store would keep.</summary>
/// <param name="personalData">Seals the views; <see cref="PersonalDataVault.None"/> where it is left out.</param>
public sealed class InMemoryViewStore(PersonalDataVault? personalData = null) : IViewStore, IViewScan, IViewQueries, IViewErasure
{
    private readonly PersonalDataVault _personalData = personalData ?? PersonalDataVault.None;
    private readonly ConcurrentDictionary<ViewKey, Item> _items = new();

    /// <summary>Held by writers, so that a group is written as one.</summary>
    private readonly Lock _gate = new();

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
        var item = await SealAsync(key, kind, view, cancellationToken);
        lock (_gate)
        {
            if (!IsCurrent(key, etag))
            {
                return null;
            }

            _items[key] = item;
            return item.ETag;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>?> SaveTogetherAsync<TOne, TOther>(
        string partition, IReadOnlyList<ViewWrite<TOne>> ones, IReadOnlyList<ViewWrite<TOther>> others, CancellationToken cancellationToken = default)
        where TOne : class
        where TOther : class
    {
        ArgumentNullException.ThrowIfNull(ones);
        ArgumentNullException.ThrowIfNull(others);
        ViewGroupSize.Check(ones.Count + others.Count);

        cancellationToken.ThrowIfCancellationRequested();
        List<(ViewKey Key, string? ETag, Item Item)> writes = [];
        foreach (var one in ones)
        {
            writes.Add(await WriteAsync(partition, one, cancellationToken));
        }

        foreach (var other in others)
        {
            writes.Add(await WriteAsync(partition, other, cancellationToken));
        }

        lock (_gate)
        {
            if (!writes.TrueForAll(w => IsCurrent(w.Key, w.ETag)))
            {
                return null;
            }

            foreach (var write in writes)
            {
                _items[write.Key] = write.Item;
            }

            return [.. writes.Select(w => w.Item.ETag)];
        }
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
    public async Task<ViewPage<TView>> FindAsync<TView>(
        ViewQuery query, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, ViewPage<TView>.MaxSize);
        cancellationToken.ThrowIfCancellationRequested();
        var after = ContinuationToken.Read(query.Question, continuation) is { } position ? ViewPlace.Read(position) : null;
        var found = _items
            .Where(i => i.Key.Partition == query.Partition && i.Value.Kind == query.Kind && ViewMatch.Matches(query, i.Value.Json))
            .Select(i => (Place: i.Value.PlaceOf(i.Key.Id, query.SortedBy), i.Key, Item: i.Value))
            .OrderBy(i => i.Place, Comparer<ViewPlace>.Create(ViewPlace.Compare));
        var rest = (query.Descending ? found.Reverse() : found)
            .SkipWhile(i => after is not null && ViewPlace.Compare(i.Place, after) * (query.Descending ? -1 : 1) <= 0)
            .Take(pageSize + 1)
            .ToList();
        var page = rest.Take(pageSize).ToList();
        var views = new List<VersionedView<TView>>();
        foreach (var item in page)
        {
            views.Add(await item.Item.ReadAsync<TView>(item.Key, _personalData, cancellationToken));
        }

        return new ViewPage<TView>(views, rest.Count > pageSize ? ContinuationToken.Write(query.Question, page[^1].Place.Write()) : null);
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
        lock (_gate)
        {
            _items.TryRemove(key, out _);
        }

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
            lock (_gate)
            {
                if (_items.TryGetValue(key, out var current) && current.IsAbout(subject))
                {
                    _items[key] = current.Erased();
                    erased++;
                }
            }
        }
        return Task.FromResult(erased);
    }

    private async Task<(ViewKey Key, string? ETag, Item Item)> WriteAsync<TView>(
        string partition, ViewWrite<TView> write, CancellationToken cancellationToken)
        where TView : class
    {
        var key = new ViewKey(partition, write.Id);
        return (key, write.ETag, await SealAsync(key, write.Kind, write.View, cancellationToken));
    }

    private async Task<Item> SealAsync<TView>(ViewKey key, string kind, VersionedView<TView> view, CancellationToken cancellationToken)
        where TView : class => new(
            Guid.NewGuid().ToString("N"),
            kind,
            view.Version,
            view.Since,
            view.AsOf,
            await SealedView.CloseAsync(_personalData, key, view.View, cancellationToken));

    private bool IsCurrent(ViewKey key, string? etag) => _items.TryGetValue(key, out var current) ? current.ETag == etag : etag is null;

    private sealed class Item(string etag, string kind, long version, DateTimeOffset since, DateTimeOffset asOf, SealedView view)
    {
        public string ETag { get; } = etag;

        public string Kind { get; } = kind;

        public DateTimeOffset Since { get; } = since;

        public JsonElement Json => view.Json.To<JsonElement>();

        public ViewPlace PlaceOf(string id, ViewField? sortedBy) =>
            sortedBy is null ? new ViewPlace(EventTime.TextOf(Since), 0, id) : ViewPlace.Of(ViewMatch.FieldOf(Json, sortedBy), id);

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
