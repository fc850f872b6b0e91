namespace EventFunctions.EventSourcing;

/// <summary>
/// One generation of a projection's views in a store that keeps several. The first is stored under the keys themselves; a
/// later one under a partition with its number before it, and a kind with its number behind it.
/// </summary>
/// <param name="views">Keeps all generations.</param>
/// <param name="generation">1 or more.</param>
public sealed class GenerationViewStore(IViewStore views, int generation) : IViewStore
{
    /// <summary>The kind of a generation's views.</summary>
    public static string KindOf(string kind, int generation) => generation == ProjectionGenerations.First ? kind : $"{kind}@{generation}";

    /// <summary>Where a generation keeps a view.</summary>
    /// <param name="key">The key that the projection gave it.</param>
    /// <param name="generation">1 or more.</param>
    public static ViewKey KeyOf(ViewKey key, int generation) =>
        generation == ProjectionGenerations.First ? key : new ViewKey(PartitionOf(key.Partition, generation), key.Id);

    /// <summary>The partition where a generation keeps the views of one of the projection's partitions.</summary>
    public static string PartitionOf(string partition, int generation) =>
        generation == ProjectionGenerations.First ? partition : $"g{generation}:{partition}";

    /// <summary>The key that the projection gave to a view of a generation.</summary>
    /// <param name="stored">Where the generation keeps it.</param>
    /// <param name="generation">1 or more.</param>
    /// <exception cref="ArgumentException">The key is not one of the generation's.</exception>
    public static ViewKey OriginalOf(ViewKey stored, int generation)
    {
        if (generation == ProjectionGenerations.First)
        {
            return stored;
        }

        var prefix = PartitionOf(string.Empty, generation);
        return stored.Partition.StartsWith(prefix, StringComparison.Ordinal)
            ? new ViewKey(stored.Partition[prefix.Length..], stored.Id)
            : throw new ArgumentException($"'{stored.Partition}/{stored.Id}' is no key of generation {generation}.", nameof(stored));
    }

    /// <inheritdoc/>
    public Task<StoredView<TView>?> FindAsync<TView>(ViewKey key, CancellationToken cancellationToken = default)
        where TView : class => views.FindAsync<TView>(KeyOf(key, generation), cancellationToken);

    /// <inheritdoc/>
    public Task<string?> SaveAsync<TView>(
        ViewKey key, string kind, VersionedView<TView> view, string? etag, CancellationToken cancellationToken = default)
        where TView : class => views.SaveAsync(KeyOf(key, generation), KindOf(kind, generation), view, etag, cancellationToken);

    /// <inheritdoc/>
    public Task<ViewPage<TView>> ListAsync<TView>(
        string partition, string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class => views.ListAsync<TView>(
            PartitionOf(partition, generation),
            KindOf(kind, generation),
            pageSize,
            continuation,
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>?> SaveTogetherAsync<TOne, TOther>(
        string partition, IReadOnlyList<ViewWrite<TOne>> ones, IReadOnlyList<ViewWrite<TOther>> others, CancellationToken cancellationToken = default)
        where TOne : class
        where TOther : class => views.SaveTogetherAsync<TOne, TOther>(
            PartitionOf(partition, generation),
            [.. ones.Select(o => o with { Kind = KindOf(o.Kind, generation) })],
            [.. others.Select(o => o with { Kind = KindOf(o.Kind, generation) })],
            cancellationToken);
}
