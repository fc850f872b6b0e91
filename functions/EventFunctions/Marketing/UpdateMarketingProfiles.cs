using Azure.Messaging.ServiceBus;
using EventFunctions.Integration;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Marketing;

/// <summary>Keeps the profiles of marketing. The subscription lets only what says something to marketing through.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="events">Does what an event asks for.</param>
public sealed class UpdateMarketingProfiles(IntegrationSubscription subscription, MarketingEvents events)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(UpdateMarketingProfiles))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Integration, nameof(UpdateMarketingProfiles), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, events.HandleAsync, cancellationToken);
}
