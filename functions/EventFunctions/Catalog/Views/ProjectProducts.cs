using Azure.Messaging.ServiceBus;
using EventFunctions.Projections;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Catalog.Views;

/// <summary>Keeps <see cref="ProductEntry"/>; the messages of one product come one after the other.</summary>
/// <param name="subscription">Reads, applies and settles.</param>
public sealed class ProjectProducts(ProjectionSubscription subscription)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ProjectProducts))]
    public Task RunAsync(
        [ServiceBusTrigger(
            EventTopics.Catalog,
            nameof(ProjectProducts),
            Connection = "ServiceBusConnection",
            IsSessionsEnabled = true,
            AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, ProductsProjection.Kind, cancellationToken);
}
