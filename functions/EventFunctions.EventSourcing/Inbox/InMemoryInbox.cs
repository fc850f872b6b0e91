namespace EventFunctions.EventSourcing;

/// <summary>An inbox in memory. Safe for concurrent use. What has expired is dropped when it is asked for, or with the next claim.</summary>
/// <param name="options">How long it holds and remembers.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class InMemoryInbox(InboxOptions options, TimeProvider timeProvider) : IInbox
{
    private readonly Lock _gate = new();
    private readonly Dictionary<InboxKey, Entry> _entries = [];
    private readonly PriorityQueue<InboxKey, DateTimeOffset> _expiries = new();

    /// <inheritdoc/>
    public Task<InboxClaim> ClaimAsync(InboxKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var now = timeProvider.GetUtcNow();
        lock (_gate)
        {
            DropExpired(now);
            switch (_entries.GetValueOrDefault(key))
            {
                case { IsDone: true }:
                    return Task.FromResult<InboxClaim>(new InboxClaim.Done());
                case { } entry when entry.Until > now:
                    return Task.FromResult<InboxClaim>(new InboxClaim.InHand(entry.Until));
                default:
                    var taken = new InboxClaim.Taken(Guid.NewGuid().ToString("N"), now + options.Lease);
                    Keep(key, new Entry(taken.Token, taken.Until, IsDone: false, now + options.TimeToLive));
                    return Task.FromResult<InboxClaim>(taken);
            }
        }
    }

    /// <inheritdoc/>
    public Task<bool> CompleteAsync(InboxKey key, InboxClaim.Taken claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        cancellationToken.ThrowIfCancellationRequested();
        var now = timeProvider.GetUtcNow();
        lock (_gate)
        {
            DropExpired(now);
            if (!IsHeld(key, claim))
            {
                return Task.FromResult(false);
            }

            Keep(key, new Entry(claim.Token, now, IsDone: true, now + options.TimeToLive));
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task<bool> ReleaseAsync(InboxKey key, InboxClaim.Taken claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            DropExpired(timeProvider.GetUtcNow());
            return Task.FromResult(IsHeld(key, claim) && _entries.Remove(key));
        }
    }

    private bool IsHeld(InboxKey key, InboxClaim.Taken claim) =>
        _entries.GetValueOrDefault(key) is { IsDone: false } entry && entry.Token == claim.Token;

    private void Keep(InboxKey key, Entry entry)
    {
        _entries[key] = entry;
        _expiries.Enqueue(key, entry.ForgottenAt);
    }

    private void DropExpired(DateTimeOffset now)
    {
        while (_expiries.TryPeek(out var key, out var due) && due <= now)
        {
            _expiries.Dequeue();
            if (_entries.GetValueOrDefault(key) is { } entry && entry.ForgottenAt <= now)
            {
                _entries.Remove(key);
            }
        }
    }

    private sealed record Entry(string Token, DateTimeOffset Until, bool IsDone, DateTimeOffset ForgottenAt);
}
