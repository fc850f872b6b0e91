using System.Globalization;

namespace EventFunctions.EventSourcing;

/// <summary>Remembers parked events in memory.</summary>
public sealed class InMemoryParkedEvents : IParkedEvents, IParkedEventList
{
    private readonly Lock _gate = new();
    private readonly Dictionary<DocumentReference, ParkedEvent> _parked = [];

    /// <inheritdoc/>
    public Task ParkAsync(ParkedEvent parked, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parked);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var key = parked.Source.Named();
            _parked[key] = parked.After(_parked.GetValueOrDefault(key));
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task RemoveAsync(DocumentReference source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_parked.TryGetValue(source.Named(), out var kept) && kept.Discarded is null)
            {
                _parked.Remove(kept.Source);
            }

            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<ParkedEvent?> DiscardAsync(DocumentReference source, Discard discard, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(discard);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_parked.TryGetValue(source.Named(), out var kept))
            {
                return Task.FromResult<ParkedEvent?>(null);
            }

            return Task.FromResult<ParkedEvent?>(_parked[kept.Source] = kept with { Discarded = kept.Discarded ?? discard });
        }
    }

    /// <inheritdoc/>
    public Task<ParkedEvent?> FindAsync(DocumentReference source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_parked.GetValueOrDefault(source.Named()));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ParkedEvent>> UpToAsync(DocumentReference source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        cancellationToken.ThrowIfCancellationRequested();
        var last = source.Named();
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ParkedEvent>>(
            [
                .. _parked.Values
                    .Where(p => p.Discarded is null && p.Source.Stream == last.Stream && string.CompareOrdinal(p.Source.Id, last.Id) <= 0)
                    .OrderBy(p => p.Source.Id, StringComparer.Ordinal),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<ParkedPage> ListAsync(int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, ParkedPage.MaxSize);
        cancellationToken.ThrowIfCancellationRequested();
        var after = continuation is null ? null : continuation.Contains('\n', StringComparison.Ordinal)
            ? continuation
            : throw new ArgumentException("The continuation is not one that a list returned.", nameof(continuation));
        List<ParkedEvent> rest;
        lock (_gate)
        {
            rest =
            [
                .. _parked.Values.Where(p => p.Discarded is null)
                    .Where(p => after is null || string.CompareOrdinal(PlaceOf(p), after) > 0)
                    .OrderBy(PlaceOf, StringComparer.Ordinal)
                    .Take(pageSize + 1),
            ];
        }

        var page = rest.Take(pageSize).ToList();
        return Task.FromResult(new ParkedPage(page, rest.Count > pageSize ? PlaceOf(page[^1]) : null));
    }

    private static string PlaceOf(ParkedEvent parked) =>
        string.Create(CultureInfo.InvariantCulture, $"{parked.ParkedAt.UtcTicks:D20}\n{parked.Source.Stream}\n{parked.Source.Id}");
}
