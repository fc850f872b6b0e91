using System.Collections.Concurrent;

namespace EventFunctions.EventSourcing;

/// <summary>Records of erasures in memory: for tests. Safe for concurrent use.</summary>
public sealed class InMemoryErasureRecords : IErasureRecords
{
    private readonly ConcurrentDictionary<DataSubjectId, StoredErasure> _records = new();

    /// <inheritdoc/>
    public Task<StoredErasure?> FindAsync(DataSubjectId subject, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_records.GetValueOrDefault(subject));
    }

    /// <inheritdoc/>
    public Task<string?> SaveAsync(DataSubjectId subject, ErasureRecord record, string? token, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var next = new StoredErasure(record, Guid.NewGuid().ToString("N"));
        var isWritten = token is null
            ? _records.TryAdd(subject, next)
            : _records.TryGetValue(subject, out var current) && current.Token == token && _records.TryUpdate(subject, next, current);
        return Task.FromResult(isWritten ? next.Token : null);
    }
}
