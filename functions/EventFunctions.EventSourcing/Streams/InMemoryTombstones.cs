namespace EventFunctions.EventSourcing;

/// <summary>The tombstones of an <see cref="InMemoryEventStore"/>.</summary>
/// <param name="store">The store.</param>
public sealed class InMemoryTombstones(InMemoryEventStore store) : ITombstones
{
    /// <inheritdoc/>
    public Task<StoredTombstone?> FindAsync(StreamName stream, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(store.Kept.Tombstones.GetValueOrDefault(stream));
    }

    /// <inheritdoc/>
    public Task<bool> SaveAsync(StreamName stream, Tombstone tombstone, string? token, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var replacement = new StoredTombstone(tombstone, Guid.NewGuid().ToString("N"));
        return Task.FromResult(token is null
            ? store.Kept.Tombstones.TryAdd(stream, replacement)
            : store.Kept.Tombstones.TryGetValue(stream, out var current)
                && current.Token == token
                && store.Kept.Tombstones.TryUpdate(stream, replacement, current));
    }
}
