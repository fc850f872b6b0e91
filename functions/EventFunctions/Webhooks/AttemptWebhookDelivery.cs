using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.Publishing;
using EventFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Webhooks;

/// <summary>Makes the attempts that are due.</summary>
/// <param name="consumer">Lets each attempt be made once, also where several are asked for at the same moment.</param>
/// <param name="attempts">Makes them.</param>
/// <param name="timeProvider">The clock of the waits.</param>
/// <param name="logger">Gets what is dead-lettered.</param>
/// <param name="metrics">Counts it, where it is to be counted.</param>
public sealed class AttemptWebhookDelivery(
    IdempotentConsumer consumer,
    WebhookAttempts attempts,
    TimeProvider timeProvider,
    ILogger<AttemptWebhookDelivery> logger,
    MessageMetrics? metrics = null)
{
    /// <summary>Dead-letter reason: the message asks for no attempt.</summary>
    public const string Unreadable = "unreadable";

    private readonly MessageSettlement _settlement = new(timeProvider, logger, metrics);

    /// <summary>Makes one attempt.</summary>
    [Function(nameof(AttemptWebhookDelivery))]
    public Task RunAsync(
        [ServiceBusTrigger(ServiceBusWebhookQueue.Name, Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            var due = ServiceBusWebhookQueue.Read(message);
            return _settlement.CompleteAfterAsync(message, actions, token => MakeAsync(due, token), cancellationToken);
        }
        catch (JsonException exception)
        {
            return _settlement.DeadLetterAfterAsync(message, actions, Unreadable, exception, static _ => Task.CompletedTask, cancellationToken);
        }
    }

    private Task<bool> MakeAsync(DueAttempt due, CancellationToken cancellationToken) =>
        consumer.HandleAsync(nameof(AttemptWebhookDelivery), due.Key, token => attempts.MakeAsync(due, token), cancellationToken);
}
