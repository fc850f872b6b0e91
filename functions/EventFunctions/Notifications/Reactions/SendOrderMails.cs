using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Ordering;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Notifications.Reactions;

/// <summary>Tells customers about their orders. The subscription lets only the events through that there is a mail for.</summary>
/// <param name="subscription">Reads and settles; a mail service that is away has the message come again.</param>
/// <param name="mails">Sends.</param>
public sealed class SendOrderMails(EventSubscription subscription, EventMails mails)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(SendOrderMails))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Ordering, nameof(SendOrderMails), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => envelope.Data is OrderEvent happened
                ? mails.SendAsync(nameof(SendOrderMails), envelope, happened.CustomerId, OrderMails.Of(happened), token)
                : Task.CompletedTask,
            cancellationToken);
}
