using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using Microsoft.Extensions.Options;

namespace EventFunctions.Customers.Addresses;

/// <summary>Sees to it that no two accounts have one address.</summary>
/// <remarks>
/// An address is reserved before an account is written with it. Whether a reservation still counts is asked of the account that
/// has it, so one whose account never came, or has another address by now, stands in nobody's way for long; releasing is tidiness.
/// </remarks>
/// <param name="index">Names addresses.</param>
/// <param name="reservations">Keeps the names.</param>
/// <param name="lookup">Finds an account's names.</param>
/// <param name="customers">The accounts.</param>
/// <param name="options">How long a reservation is left alone.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class EmailReservations(
    EmailIndex index,
    IReservations reservations,
    IReservationLookup lookup,
    IAggregateRepository<Customer, CustomerEvent> customers,
    IOptions<CustomersOptions> options,
    TimeProvider timeProvider)
{
    /// <summary>How often a reservation that nobody uses is tried to be taken over while others do the same.</summary>
    private const int MaxAttempts = 5;

    /// <summary>Reserves an address for an account that is about to be written with it.</summary>
    /// <returns>Whether the account may have it; another one has it if not.</returns>
    public async Task<bool> TryReserveAsync(Email email, CustomerId customerId, string? tenant, CancellationToken cancellationToken)
    {
        var owner = Customer.StreamOf(customerId, tenant).Value;
        var name = index.NameOf(email, tenant);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var held = await reservations.ReserveAsync(name, owner, cancellationToken);
            if (held.Owner == owner)
            {
                return true;
            }

            if (IsFresh(held) || (await OwnerAsync(held.Owner, cancellationToken)).Uses(email))
            {
                return false;
            }

            if (await reservations.TakeOverAsync(held, owner, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Releases what an account has reserved and does not use (any more).</summary>
    /// <returns>How many addresses are free now.</returns>
    public async Task<int> ReleaseUnusedAsync(CustomerId customerId, string? tenant, CancellationToken cancellationToken)
    {
        var stream = Customer.StreamOf(customerId, tenant);

        // The reservations first: one that is renewed after this, for a change that is about to be written, is not released.
        var owned = await lookup.OwnedByAsync(stream.Value, cancellationToken);
        var state = (await customers.LoadAsync(stream, cancellationToken)).State;
        var used = new[] { state.Email, state.PendingEmail }.OfType<Email>().Where(state.Uses).Select(e => index.NameOf(e, tenant)).ToHashSet();
        return await ReleaseAsync(owned.Where(r => !used.Contains(r.Name) && !IsFresh(r)), cancellationToken);
    }

    /// <summary>Releases everything an account has reserved.</summary>
    /// <returns>How many addresses are free now.</returns>
    public async Task<int> ReleaseAllAsync(CustomerId customerId, string? tenant, CancellationToken cancellationToken) => await ReleaseAsync(
        await lookup.OwnedByAsync(Customer.StreamOf(customerId, tenant).Value, cancellationToken), cancellationToken);

    private bool IsFresh(Reservation held) => timeProvider.GetUtcNow() - held.Since < options.Value.ReservationGrace;

    private async Task<Customer> OwnerAsync(string owner, CancellationToken cancellationToken) =>
        (await customers.LoadAsync(StreamName.Parse(owner), cancellationToken)).State;

    private async Task<int> ReleaseAsync(IEnumerable<Reservation> held, CancellationToken cancellationToken)
    {
        var released = 0;
        foreach (var reservation in held)
        {
            released += await reservations.ReleaseAsync(reservation, cancellationToken) ? 1 : 0;
        }

        return released;
    }
}
