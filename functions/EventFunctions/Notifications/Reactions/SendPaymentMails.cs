using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.EventSourcing;
using EventFunctions.Notifications.Templates;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Notifications.Reactions;

/// <summary>Tells customers that money was given back. The subscription lets only <c>payment-refunded</c> through.</summary>
/// <param name="subscription">Reads and settles; a mail service that is away has the message come again.</param>
/// <param name="orders">A payment does not name the customer; its order does.</param>
/// <param name="mails">Sends.</param>
public sealed class SendPaymentMails(EventSubscription subscription, IAggregateRepository<Order, OrderEvent> orders, EventMails mails)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(SendPaymentMails))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Payments, nameof(SendPaymentMails), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => envelope.Data is PaymentRefunded refunded ? TellAsync(envelope, refunded, token) : Task.CompletedTask,
            cancellationToken);

    private async Task TellAsync(EventEnvelope envelope, PaymentRefunded refunded, CancellationToken cancellationToken)
    {
        var order = (await orders.LoadAsync(Order.StreamOf(refunded.OrderId, envelope.Stream.Tenant), cancellationToken)).State;
        if (order.CustomerId is { } customerId)
        {
            var mail = PlannedMail.To(
                customerId, MailTemplates.PaymentRefunded, ("orderId", refunded.OrderId.ToString()), ("amount", refunded.Amount.ToString()));
            await mails.SendAsync(nameof(SendPaymentMails), envelope, customerId, [mail], cancellationToken);
        }
    }
}
