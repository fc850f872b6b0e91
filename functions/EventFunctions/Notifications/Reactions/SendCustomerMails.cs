using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Customers;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Notifications.Reactions;

/// <summary>Tells customers about their accounts. The subscription lets only the events through that there is a mail for.</summary>
/// <param name="subscription">Reads and settles; a mail service that is away has the message come again.</param>
/// <param name="customers">What they are told.</param>
/// <param name="mails">Sends.</param>
public sealed class SendCustomerMails(EventSubscription subscription, CustomerMails customers, EventMails mails)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(SendCustomerMails))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Customers, nameof(SendCustomerMails), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => envelope.Data is CustomerEvent happened
                ? mails.SendAsync(nameof(SendCustomerMails), envelope, happened.CustomerId, customers.Of(happened, envelope.Stream.Tenant), token)
                : Task.CompletedTask,
            cancellationToken);
}
