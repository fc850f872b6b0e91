using System.Globalization;

namespace EventFunctions.EventSourcing;

/// <summary>An audit trail in memory.</summary>
public sealed class InMemoryAuditTrail : IAuditTrail
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, AuditEntry> _entries = [];

    /// <inheritdoc/>
    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _entries.TryAdd(entry.EventId, entry);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<AuditPage> ReadAsync(AuditQuery query, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, AuditPage.MaxSize);
        cancellationToken.ThrowIfCancellationRequested();
        var skipped = ContinuationToken.Read(query.Question, continuation) is { } position
            ? int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw new InvalidContinuationException()
            : 0;
        List<AuditEntry> rest;
        lock (_gate)
        {
            rest =
            [
                .. _entries.Values.Where(query.Finds)
                    .OrderByDescending(e => e.Time)
                    .ThenBy(e => e.EventId)
                    .Skip(skipped)
                    .Take(pageSize + 1),
            ];
        }

        return Task.FromResult(rest.Count > pageSize
            ? new AuditPage(rest[..pageSize], ContinuationToken.Write(query.Question, (skipped + pageSize).ToString(CultureInfo.InvariantCulture)))
            : new AuditPage(rest, null));
    }

    /// <inheritdoc/>
    public Task<int> EraseUserAsync(string user, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var query = AuditQuery.OfUser(user);
        if (user == ErasedText.Value)
        {
            return Task.FromResult(0);
        }

        lock (_gate)
        {
            var found = _entries.Values.Where(query.Finds).ToList();
            foreach (var entry in found)
            {
                _entries[entry.EventId] = entry.Erased();
            }

            return Task.FromResult(found.Count);
        }
    }
}
