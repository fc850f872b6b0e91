using Azure.Messaging.ServiceBus;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Integration;

/// <summary>Publishes what others are told of customers, in the order in which it happened. The subscription lets only what is told through.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="translation">Translates and publishes.</param>
public sealed class TranslateCustomerEvents(EventSubscription subscription, IntegrationTranslation translation)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(TranslateCustomerEvents))]
    public Task RunAsync(
        [ServiceBusTrigger(
            EventTopics.Customers,
            nameof(TranslateCustomerEvents),
            Connection = "ServiceBusConnection",
            IsSessionsEnabled = true,
            AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, translation.PublishAsync, cancellationToken);
}
