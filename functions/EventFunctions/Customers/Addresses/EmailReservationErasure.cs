using EventFunctions.Domain;
using EventFunctions.EventSourcing;

namespace EventFunctions.Customers.Addresses;

/// <summary>Forgets which addresses an erased customer had: they are free for others.</summary>
/// <param name="reservations">The reserved addresses.</param>
public sealed class EmailReservationErasure(EmailReservations reservations) : IErasureParticipant
{
    /// <inheritdoc/>
    public string Name => "email-reservation";

    /// <inheritdoc/>
    public async Task<int> EraseAsync(DataSubjectId subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return CustomerId.TryCreate(subject.Id, out var customerId)
            ? await reservations.ReleaseAllAsync(customerId, subject.Tenant, cancellationToken)
            : 0;
    }
}
