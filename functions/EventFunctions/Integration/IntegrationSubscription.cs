using Azure.Messaging.ServiceBus;
using EventFunctions.Publishing;
using EventFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Integration;

/// <summary>Hands the integration event in a message to a handler and settles the message by what came of it.</summary>
/// <param name="serializer">Reads the event.</param>
/// <param name="timeProvider">The clock of the waits.</param>
/// <param name="logger">Gets what is dead-lettered.</param>
/// <param name="metrics">Counts it, where it is to be counted.</param>
public sealed class IntegrationSubscription(
    IntegrationSerializer serializer, TimeProvider timeProvider, ILogger<IntegrationSubscription> logger, MessageMetrics? metrics = null)
{
    /// <summary>Dead-letter reason: the body is no integration event that this version of the code knows.</summary>
    public const string Unreadable = "unreadable";

    private readonly MessageSettlement _settlement = new(timeProvider, logger, metrics);

    /// <summary>
    /// Completes the message when the handler is done, and dead-letters it when no handler could ever read it. Any other
    /// failure is thrown: the host then abandons the message, and the broker counts the delivery.
    /// </summary>
    public Task HandleAsync(
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        Func<IntegrationEnvelope, CancellationToken, Task> handler,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(handler);
        try
        {
            var envelope = serializer.Read(message);
            return _settlement.CompleteAfterAsync(message, actions, token => handler(envelope, token), cancellationToken);
        }
        catch (IntegrationFormatException exception)
        {
            return _settlement.DeadLetterAfterAsync(message, actions, Unreadable, exception, static _ => Task.CompletedTask, cancellationToken);
        }
    }
}
