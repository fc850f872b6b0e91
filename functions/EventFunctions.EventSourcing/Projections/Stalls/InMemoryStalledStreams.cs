using System.Globalization;

namespace EventFunctions.EventSourcing;

/// <summary>Remembers stalled streams in memory.</summary>
public sealed class InMemoryStalledStreams : IStalledStreams, IStalledStreamList
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Projection, StreamName Stream), StalledStream> _stalled = [];

    /// <inheritdoc/>
    public Task<StalledStream> RecordAsync(StalledStream failure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(failure);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var key = (failure.Projection, failure.Stream);
            return Task.FromResult(_stalled[key] = failure.After(_stalled.GetValueOrDefault(key)));
        }
    }

    /// <inheritdoc/>
    public Task<StalledStream?> FindAsync(string projection, StreamName stream, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_stalled.GetValueOrDefault((projection, stream)));
        }
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string projection, StreamName stream, long applied, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(
                _stalled.TryGetValue((projection, stream), out var stalled)
                && stalled.Awaited <= applied
                && _stalled.Remove((projection, stream)));
        }
    }

    /// <inheritdoc/>
    public Task<long> CountAsync(string projection, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_stalled.Keys.LongCount(k => k.Projection == projection));
        }
    }

    /// <inheritdoc/>
    public Task<StalledPage> ListAsync(
        string projection, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, StalledPage.MaxSize);
        cancellationToken.ThrowIfCancellationRequested();
        var after = continuation is null ? default((long, string)?) : Place(continuation);
        List<StalledStream> rest;
        lock (_gate)
        {
            rest =
            [
                .. _stalled.Values
                    .Where(s => s.Projection == projection)
                    .OrderBy(s => s.FirstSeen.UtcTicks)
                    .ThenBy(s => s.Stream.Value, StringComparer.Ordinal)
                    .SkipWhile(s => after is var (ticks, stream)
                        && (s.FirstSeen.UtcTicks < ticks
                            || (s.FirstSeen.UtcTicks == ticks && string.CompareOrdinal(s.Stream.Value, stream) <= 0)))
                    .Take(pageSize + 1),
            ];
        }

        var page = rest.Take(pageSize).ToList();
        return Task.FromResult(new StalledPage(page, rest.Count > pageSize ? $"{page[^1].FirstSeen.UtcTicks}:{page[^1].Stream}" : null));
    }

    private static (long Ticks, string Stream) Place(string continuation)
    {
        var colon = continuation.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && long.TryParse(continuation.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? (ticks, continuation[(colon + 1)..])
            : throw new ArgumentException("The continuation is not one that a list returned.", nameof(continuation));
    }
}
