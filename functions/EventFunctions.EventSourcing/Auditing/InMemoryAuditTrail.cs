using System.Globalization;

namespace EventFunctions.EventSourcing;

/// <summary>An audit trail in memory.</summary>
public sealed class InMemoryAuditTrail : IAuditTrail
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Partition, Guid EventId), AuditEntry> _entries = [];

    /// <inheritdoc/>
    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            foreach (var partition in AuditQuery.PartitionsOf(entry))
            {
                _entries.TryAdd((partition, entry.EventId), entry);
            }
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
                .. _entries.Where(e => e.Key.Partition == query.Partition).Select(e => e.Value)
                    .Where(e => (query.From is not { } from || e.Time >= from) && (query.To is not { } to || e.Time < to))
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
        var partition = AuditQuery.OfUser(user).Partition;
        lock (_gate)
        {
            var found = _entries.Where(e => e.Key.Partition == partition).Select(e => e.Value).ToList();
            foreach (var entry in found)
            {
                foreach (var other in AuditQuery.PartitionsOf(entry).Where(p => p != partition))
                {
                    _entries[(other, entry.EventId)] = entry.Erased();
                }

                _entries.Remove((partition, entry.EventId));
            }

            return Task.FromResult(found.Count);
        }
    }
}
