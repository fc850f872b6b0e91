namespace EventFunctions.EventSourcing;

/// <summary>
/// Keeps names that only one owner may have, across streams: an append is atomic inside its own stream only, so what must be
/// unique among many is reserved before it is appended.
/// </summary>
/// <remarks>
/// A reservation is a lock and not the truth: a process that stops between the reservation and the append leaves one behind that
/// stands for nothing. Who meets a foreign reservation therefore asks the owner's stream, and takes over what nobody uses.
/// Every member fails with <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded.
/// </remarks>
public interface IReservations
{
    /// <summary>Reserves a name for an owner who is about to use it, or tells who has it. Of several that reserve at once, one gets it.</summary>
    /// <returns>The owner's own reservation, whose time is now also where there was one already; or the other's.</returns>
    Task<Reservation> ReserveAsync(ReservationName name, string owner, CancellationToken cancellationToken = default);

    /// <summary>Gives a reservation to another owner, if it is still as it was read.</summary>
    /// <returns>Whether the new owner has it.</returns>
    Task<bool> TakeOverAsync(Reservation held, string owner, CancellationToken cancellationToken = default);

    /// <summary>Ends a reservation, if it is still as it was read.</summary>
    /// <returns>Whether it was.</returns>
    Task<bool> ReleaseAsync(Reservation held, CancellationToken cancellationToken = default);
}

/// <summary>Shows what is reserved.</summary>
public interface IReservationLookup
{
    /// <summary>Every reservation of an owner, in no particular order. It looks everywhere: not for a hot path.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached or is overloaded.</exception>
    Task<IReadOnlyList<Reservation>> OwnedByAsync(string owner, CancellationToken cancellationToken = default);
}
