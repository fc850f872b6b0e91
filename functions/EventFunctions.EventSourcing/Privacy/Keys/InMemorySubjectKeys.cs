using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace EventFunctions.EventSourcing;

/// <summary>Keys in the memory of the process, not wrapped: for tests.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class InMemorySubjectKeys(TimeProvider timeProvider) : ISubjectKeys
{
    private readonly ConcurrentDictionary<DataSubjectId, SubjectKey> _keys = new();

    /// <inheritdoc/>
    public Task<SubjectKey> GetOrCreateAsync(DataSubjectId subject, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_keys.GetOrAdd(subject, _ => new SubjectKey.Held(RandomNumberGenerator.GetBytes(SubjectKey.Length))));
    }

    /// <inheritdoc/>
    public Task<SubjectKey> FindAsync(DataSubjectId subject, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_keys.GetValueOrDefault(subject) ?? new SubjectKey.Absent());
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset> DeleteAsync(DataSubjectId subject, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var now = new SubjectKey.Erased(timeProvider.GetUtcNow());
        var left = _keys.AddOrUpdate(subject, now, (_, key) => key is SubjectKey.Erased ? key : now);
        return Task.FromResult(((SubjectKey.Erased)left).At);
    }
}
