using System.Collections.Concurrent;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Keeps views in memory, as the JSON another store would keep.</summary>
public sealed class InMemoryViewStore : IViewStore, IViewScan, IViewQueries
{
    private readonly ConcurrentDictionary<ViewKey, Item> _items = new();

    /// <inheritdoc/>
    public Task<StoredView<TView>?> FindAsync<TView>(ViewKey key, CancellationToken cancellationToken = default)
        where TView : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_items.TryGetValue(key, out var item) ? new StoredView<TView>(item.Read<TView>(), item.ETag) : null);
    }

    /// <inheritdoc/>
    public Task<string?> SaveAsync<TView>(
        ViewKey key, string kind, VersionedView<TView> view, string? etag, CancellationToken cancellationToken = default)
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(view);
        cancellationToken.ThrowIfCancellationRequested();
        var json = JsonSerializer.SerializeToUtf8Bytes(view.View, EventJson.Options);
        var item = new Item(Guid.NewGuid().ToString("N"), kind, view.Version, view.Since, view.AsOf, json);
        var isWritten = etag is null
            ? _items.TryAdd(key, item)
            : _items.TryGetValue(key, out var current) && current.ETag == etag && _items.TryUpdate(key, item, current);
        return Task.FromResult(isWritten ? item.ETag : null);
    }

    /// <inheritdoc/>
    public Task<ViewPage<TView>> ListAsync<TView>(
        string partition, string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, ViewPage<TView>.MaxSize);
        cancellationToken.ThrowIfCancellationRequested();
        var after = Position.Parse(continuation);
        var rest = _items
            .Where(i => i.Key.Partition == partition && i.Value.Kind == kind)
            .Select(i => (Position: new Position(i.Value.Since.UtcTicks, i.Key.Id), Item: i.Value))
            .Where(i => after is null || i.Position.Follows(after))
            .OrderByDescending(i => i.Position.SinceTicks)
            .ThenBy(i => i.Position.Id, StringComparer.Ordinal)
            .Take(pageSize + 1)
            .ToList();
        var page = rest.Take(pageSize).ToList();
        return Task.FromResult(new ViewPage<TView>(
            [.. page.Select(i => i.Item.Read<TView>())], rest.Count > pageSize ? page[^1].Position.ToString() : null));
    }

    /// <inheritdoc/>
    public Task<ViewPage<TView>> FindAsync<TView>(
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
            .Select(i => (Place: i.Value.PlaceOf(i.Key.Id, query.SortedBy), Item: i.Value))
            .OrderBy(i => i.Place, Comparer<ViewPlace>.Create(ViewPlace.Compare));
        var rest = (query.Descending ? found.Reverse() : found)
            .SkipWhile(i => after is not null && ViewPlace.Compare(i.Place, after) * (query.Descending ? -1 : 1) <= 0)
            .Take(pageSize + 1)
            .ToList();
        var page = rest.Take(pageSize).ToList();
        return Task.FromResult(new ViewPage<TView>(
            [.. page.Select(i => i.Item.Read<TView>())],
            rest.Count > pageSize ? ContinuationToken.Write(query.Question, page[^1].Place.Write()) : null));
    }

    /// <inheritdoc/>
    public Task<ScannedPage> ScanAsync(string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, ScannedPage.MaxSize);
        cancellationToken.ThrowIfCancellationRequested();
        var rest = _items
            .Where(i => i.Value.Kind == kind)
            .Select(i => (Place: $"{i.Key.Partition}\n{i.Key.Id}", View: new ScannedView(i.Key, i.Value.Read<RawJson>())))
            .Where(i => continuation is null || string.CompareOrdinal(i.Place, continuation) > 0)
            .OrderBy(i => i.Place, StringComparer.Ordinal)
            .Take(pageSize + 1)
            .ToList();
        var page = rest.Take(pageSize).ToList();
        return Task.FromResult(new ScannedPage([.. page.Select(i => i.View)], rest.Count > pageSize ? page[^1].Place : null));
    }

    /// <inheritdoc/>
    public Task DeleteAsync(ViewKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _items.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    /// <summary>Compared by reference, so an update takes the place of just what was read.</summary>
    private sealed class Item(string etag, string kind, long version, DateTimeOffset since, DateTimeOffset asOf, byte[] json)
    {
        public string ETag { get; } = etag;

        public string Kind { get; } = kind;

        public DateTimeOffset Since { get; } = since;

        public JsonElement Json => JsonElement.Parse(json);

        public ViewPlace PlaceOf(string id, ViewField? sortedBy) =>
            sortedBy is null ? new ViewPlace(EventTime.TextOf(Since), 0, id) : ViewPlace.Of(ViewMatch.FieldOf(Json, sortedBy), id);

        public VersionedView<TView> Read<TView>()
            where TView : class
        {
            try
            {
                return new(JsonSerializer.Deserialize<TView>(json, EventJson.Options)!, version, Since, asOf);
            }
            catch (JsonException exception)
            {
                throw new ViewRefusedException(
                    $"A stored view '{Kind}' does not fit {typeof(TView).Name}; rebuild the projection. {exception.Message}", exception);
            }
        }
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
