namespace EventFunctions.EventSourcing;

/// <summary>Reservations in memory. Safe for concurrent use.</summary>
/// <param name="timeProvider">The clock.</param>
public sealed class InMemoryReservations(TimeProvider timeProvider) : IReservations, IReservationLookup
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ReservationName, Reservation> _held = [];
    private long _lastToken;

    /// <inheritdoc/>
    public Task<Reservation> ReserveAsync(ReservationName name, string owner, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_held.GetValueOrDefault(name) is { } held && held.Owner != owner ? held : Hold(name, owner));
        }
    }

    /// <inheritdoc/>
    public Task<bool> TakeOverAsync(Reservation held, string owner, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(held);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_held.GetValueOrDefault(held.Name) != held)
            {
                return Task.FromResult(false);
            }

            Hold(held.Name, owner);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task<bool> ReleaseAsync(Reservation held, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(held);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_held.GetValueOrDefault(held.Name) == held && _held.Remove(held.Name));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Reservation>> OwnedByAsync(string owner, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<Reservation>>([.. _held.Values.Where(r => r.Owner == owner)]);
        }
    }

    private Reservation Hold(ReservationName name, string owner) =>
        _held[name] = new Reservation(name, owner, timeProvider.GetUtcNow(), (++_lastToken).ToString());
}
