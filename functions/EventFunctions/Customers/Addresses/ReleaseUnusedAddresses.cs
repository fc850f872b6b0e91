using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Customers;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Addresses;

/// <summary>
/// Frees the addresses that an account had and does not use any more: after a change, and when it is closed. It looks at the account
/// as it is, so it may be repeated, and come late.
/// </summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="reservations">The reserved addresses.</param>
public sealed class ReleaseUnusedAddresses(EventSubscription subscription, EmailReservations reservations)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ReleaseUnusedAddresses))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Customers, nameof(ReleaseUnusedAddresses), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => envelope.Data is CustomerEvent { CustomerId: var customerId }
                ? reservations.ReleaseUnusedAsync(customerId, envelope.Stream.Tenant, token)
                : Task.CompletedTask,
            cancellationToken);
}
