namespace EventFunctions.EventSourcing;

/// <summary>Counts the newer events of an <see cref="InMemoryEventStore"/>.</summary>
/// <param name="store">The store.</param>
public sealed class InMemoryEventBacklog(InMemoryEventStore store) : IEventBacklog
{
    /// <inheritdoc/>
    public Task<EventBacklog> CountAsync(IReadOnlySet<string> categories, DateTimeOffset? after, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(categories);
        cancellationToken.ThrowIfCancellationRequested();
        var times = store.ReadAll()
            .Where(e => categories.Contains(e.Stream.Category) && (after is null || e.Time > after))
            .Select(e => e.Time)
            .ToList();
        return Task.FromResult(times.Count == 0 ? EventBacklog.None : new EventBacklog(times.Count, times.Min()));
    }
}
