namespace EventFunctions.EventSourcing;

/// <summary>Keeps keys for a while, so that sealing and opening costs the store of the keys nothing where a person is busy.</summary>
/// <remarks>
/// A key that another process deleted is used here until its time is over: that long an erasure takes to be true everywhere. This
/// process's own deletion counts at once. A person without a key is not remembered as that. Safe for concurrent use.
/// </remarks>
public sealed class CachedSubjectKeys : ISubjectKeys
{
    private readonly ISubjectKeys _inner;
    private readonly SubjectKeyCacheOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _gate = new();
    private readonly Dictionary<DataSubjectId, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _oldestFirst = new();

    // What a read that began before a deletion found must not be kept after it.
    private long _deletions;

    /// <summary>Keeps the keys of another store.</summary>
    public CachedSubjectKeys(ISubjectKeys inner, SubjectKeyCacheOptions options, TimeProvider timeProvider)
    {
        _inner = inner;
        _options = options;
        _timeProvider = timeProvider;
    }

    /// <inheritdoc/>
    public Task<SubjectKey> GetOrCreateAsync(DataSubjectId subject, CancellationToken cancellationToken = default) =>
        Kept(subject) is { } kept ? Task.FromResult(kept) : AskAsync(subject, _inner.GetOrCreateAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<SubjectKey> FindAsync(DataSubjectId subject, CancellationToken cancellationToken = default) =>
        Kept(subject) is { } kept ? Task.FromResult(kept) : AskAsync(subject, _inner.FindAsync, cancellationToken);

    /// <inheritdoc/>
    public async Task<DateTimeOffset> DeleteAsync(DataSubjectId subject, CancellationToken cancellationToken = default)
    {
        Forget(subject);
        try
        {
            return await _inner.DeleteAsync(subject, cancellationToken);
        }
        finally
        {
            // Also where it failed and nobody knows whether the key is still there.
            Forget(subject);
        }
    }

    private SubjectKey? Kept(DataSubjectId subject)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(subject, out var node) && _timeProvider.GetElapsedTime(node.Value.Since) < _options.Time
                ? node.Value.Key
                : null;
        }
    }

    private async Task<SubjectKey> AskAsync(
        DataSubjectId subject, Func<DataSubjectId, CancellationToken, Task<SubjectKey>> ask, CancellationToken cancellationToken)
    {
        var (since, deletions) = (_timeProvider.GetTimestamp(), Volatile.Read(ref _deletions));
        var key = await ask(subject, cancellationToken);
        if (key is not SubjectKey.Absent)
        {
            Keep(new Entry(subject, key, since), deletions);
        }
        return key;
    }

    private void Keep(Entry entry, long deletions)
    {
        lock (_gate)
        {
            if (_options.Size == 0 || deletions != _deletions)
            {
                return;
            }
            Remove(entry.Subject);
            if (_entries.Count == _options.Size)
            {
                Remove(_oldestFirst.First!.Value.Subject);
            }
            _entries.Add(entry.Subject, _oldestFirst.AddLast(entry));
        }
    }

    private void Forget(DataSubjectId subject)
    {
        lock (_gate)
        {
            _deletions++;
            Remove(subject);
        }
    }

    private void Remove(DataSubjectId subject)
    {
        if (_entries.Remove(subject, out var node))
        {
            _oldestFirst.Remove(node);
        }
    }

    private sealed record Entry(DataSubjectId Subject, SubjectKey Key, long Since);
}

/// <summary>How much <see cref="CachedSubjectKeys"/> keeps.</summary>
/// <param name="Time">How long a key is used without asking for it again; zero for never.</param>
/// <param name="Size">The most keys kept; 0 for none.</param>
public sealed record SubjectKeyCacheOptions(TimeSpan Time, int Size = 10_000);
