namespace EventFunctions.EventSourcing;

/// <summary>The streams of an <see cref="InMemoryEventStore"/>, by name.</summary>
/// <param name="store">The store.</param>
public sealed class InMemoryStreamDirectory(InMemoryEventStore store) : IStreamDirectory
{
    /// <inheritdoc/>
    public Task<DirectoryPage> ListAsync(int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, DirectoryPage.MaxSize);
        cancellationToken.ThrowIfCancellationRequested();
        if (continuation is not null && !StreamName.TryParse(continuation, out _))
        {
            throw new ArgumentException("The continuation is not one that the directory returned.", nameof(continuation));
        }

        var rest = store.Kept.Streams
            .Where(s => string.CompareOrdinal(s.Key.Value, continuation ?? string.Empty) > 0)
            .OrderBy(s => s.Key.Value, StringComparer.Ordinal)
            .Take(pageSize + 1)
            .Select(s => new DirectoryEntry(s.Key.Value, s.Value.Head))
            .ToList();
        return Task.FromResult(rest.Count <= pageSize
            ? new DirectoryPage(rest, null)
            : new DirectoryPage(rest[..pageSize], rest[pageSize - 1].Stream));
    }
}
