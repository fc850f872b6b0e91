using Azure.Messaging.ServiceBus;
using EventFunctions.Composition;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using EventFunctions.Sagas;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace EventFunctions.Inventory.Replenishment;

/// <summary>Starts a replenishment for every alert of low stock. The subscription lets only <c>low-stock-alerted</c> through.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="sagas">Starts.</param>
/// <param name="options">What new replenishments are told.</param>
public sealed class StartReplenishment(EventSubscription subscription, SagaInstances sagas, IOptions<SupplierOptions> options)
{
    /// <summary>Handles one event; an alert that comes again finds its replenishment and leaves it alone, also if it has finished.</summary>
    [Function(nameof(StartReplenishment))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Inventory, nameof(StartReplenishment), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => envelope.Data is LowStockAlerted alert ? StartAsync(client, envelope, alert, token) : Task.CompletedTask,
            cancellationToken);

    private Task<OrchestrationMetadata?> StartAsync(DurableTaskClient client, EventEnvelope envelope, LowStockAlerted alert, CancellationToken cancellationToken)
    {
        var trace = ReplenishmentTrace.Of(envelope, alert);
        return sagas.EnsureStartedAsync(
            client, nameof(ReplenishmentSaga), trace.InstanceId, new ReplenishmentInput(trace, options.Value.ToReplenishmentSettings()), cancellationToken);
    }
}
