namespace EventFunctions.EventSourcing;

/// <summary>The tallies of partitions, with what each stream contributed to them. Safe for concurrent use.</summary>
/// <remarks>
/// Streams that contribute to one partition at the same time are written in one transaction. What was written is kept for a while:
/// it spares reads, and where another process wrote since then the store refuses the tokens, and everything is read anew.
/// </remarks>
/// <typeparam name="TTally">What is added up.</typeparam>
internal sealed class TallyPartition<TTally>
    where TTally : class, ITally<TTally>
{
    /// <summary>More than those of one stream's memory: a popular tally is written to by many processes at a time.</summary>
    private const int MaxAttempts = 20;

    private readonly string _projection;
    private readonly IViewStore _views;
    private readonly GroupedWrites<TallyChange<TTally>> _grouped;
    private readonly KnownCache<ViewKey, KnownView<TalliedPart<TTally>>> _parts = new(ProjectionHandler<TTally>.DefaultViewCacheSize);
    private readonly KnownCache<ViewKey, KnownView<TTally>> _tallies = new(ProjectionHandler<TTally>.DefaultViewCacheSize);

    /// <summary>Creates it.</summary>
    /// <param name="projection">The projection's name: the kind of the tallies.</param>
    /// <param name="views">Keeps them.</param>
    public TallyPartition(string projection, IViewStore views)
    {
        _projection = projection;
        _views = views;
        _grouped = new GroupedWrites<TallyChange<TTally>>(TryBringAsync);
    }

    /// <summary>Brings what a stream contributes to the tallies of the partition up to what it is by now.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="change">What the stream contributes by now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the tallies hold it, or something newer; not where other writers won every attempt.</returns>
    public Task<bool> TryBringAsync(string partition, TallyChange<TTally> change, CancellationToken cancellationToken) =>
        _grouped.WriteAsync(partition, change, cancellationToken);

    private async Task<bool> TryBringAsync(string partition, IReadOnlyList<TallyChange<TTally>> changes)
    {
        for (var attempt = 1; attempt <= MaxAttempts;)
        {
            var batch = await LoadAsync(partition, changes, isFirst: attempt == 1);
            var taken = batch.Add(changes);
            if (!batch.IsEmpty && !await TrySaveAsync(partition, batch))
            {
                attempt++;
                continue;
            }

            changes = [.. changes.Skip(taken)];
            if (changes.Count == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the changes build on: what was written last, where it is kept, and the store's word elsewhere.</summary>
    private async Task<TallyBatch<TTally>> LoadAsync(string partition, IReadOnlyList<TallyChange<TTally>> changes, bool isFirst)
    {
        var parts = changes.DistinctBy(c => c.PartId).Select(async c => (c.PartId, View: await FindPartAsync(new ViewKey(partition, c.PartId), c.IsNew && isFirst)));
        var tallies = changes.SelectMany(c => c.Part.Cells.Keys).Distinct(StringComparer.Ordinal)
            .Select(async id => (Id: id, View: await FindAsync(_tallies, new ViewKey(partition, id))));
        return new TallyBatch<TTally>(
            (await Task.WhenAll(parts)).ToDictionary(p => p.PartId, p => p.View, StringComparer.Ordinal),
            (await Task.WhenAll(tallies)).ToDictionary(t => t.Id, t => t.View, StringComparer.Ordinal));
    }

    private Task<StoredView<TalliedPart<TTally>>?> FindPartAsync(ViewKey key, bool isThoughtNew) =>
        isThoughtNew && _parts.Find(key) is null ? Task.FromResult<StoredView<TalliedPart<TTally>>?>(null) : FindAsync(_parts, key);

    private async Task<StoredView<TView>?> FindAsync<TView>(KnownCache<ViewKey, KnownView<TView>> cache, ViewKey key)
        where TView : class => cache.Find(key) is { } known
            ? new StoredView<TView>(known.Current, known.Token)
            : await _views.FindAsync<TView>(key);

    private async Task<bool> TrySaveAsync(string partition, TallyBatch<TTally> batch)
    {
        var parts = batch.Parts(TallyKinds.PartOf(_projection));
        var tallies = batch.Tallies(_projection);
        IReadOnlyList<string>? tokens = null;
        try
        {
            tokens = await _views.SaveTogetherAsync(partition, parts, tallies);
        }
        finally
        {
            // Also where the store threw and nobody knows what it has now.
            if (tokens is null)
            {
                Drop(_parts, partition, parts);
                Drop(_tallies, partition, tallies);
            }
        }

        if (tokens is null)
        {
            return false;
        }

        Keep(_parts, partition, parts, tokens.Take(parts.Count));
        Keep(_tallies, partition, tallies, tokens.Skip(parts.Count));
        return true;
    }

    private static void Drop<TView>(KnownCache<ViewKey, KnownView<TView>> cache, string partition, IReadOnlyList<ViewWrite<TView>> writes)
        where TView : class
    {
        foreach (var known in writes.Select(w => cache.Find(new ViewKey(partition, w.Id))).OfType<KnownView<TView>>())
        {
            cache.Drop(known);
        }
    }

    private static void Keep<TView>(
        KnownCache<ViewKey, KnownView<TView>> cache, string partition, IReadOnlyList<ViewWrite<TView>> writes, IEnumerable<string> tokens)
        where TView : class
    {
        foreach (var (write, token) in writes.Zip(tokens))
        {
            cache.Keep(new KnownView<TView>(new ViewKey(partition, write.Id), write.View, token));
        }
    }
}
