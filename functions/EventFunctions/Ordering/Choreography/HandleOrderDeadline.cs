using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using EventFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Ordering.Choreography;

/// <summary>Looks at orders whose time has come: see <see cref="OrderDeadlineKind"/>.</summary>
/// <param name="reaction">Looks and acts.</param>
/// <param name="timeProvider">The clock of the waits.</param>
/// <param name="metrics">Counts what is dead-lettered.</param>
/// <param name="logger">Gets what is dead-lettered.</param>
public sealed class HandleOrderDeadline(
    OrderDeadlineReaction reaction, TimeProvider timeProvider, MessageMetrics metrics, ILogger<HandleOrderDeadline> logger)
{
    private readonly MessageSettlement _settlement = new(timeProvider, logger, metrics);

    /// <summary>Handles one message. One that fails is held back and comes again, like an event's; one that nobody can read is dead-lettered.</summary>
    [Function(nameof(HandleOrderDeadline))]
    public async Task RunAsync(
        [ServiceBusTrigger(OrderDeadline.Queue, Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(actions);
        if (Read(message) is not { } deadline || !await _settlement.HoldBackAsync(message, token => reaction.ReactAsync(deadline, token), cancellationToken))
        {
            await actions.DeadLetterMessageAsync(
                message,
                propertiesToModify: null,
                deadLetterReason: EventSubscription.Unreadable,
                deadLetterErrorDescription: $"This version of the code knows no deadline '{message.Subject}', or the body is not one.",
                cancellationToken: cancellationToken);
            metrics.DeadLettered(EventSubscription.Unreadable);
            return;
        }

        await actions.CompleteMessageAsync(message, cancellationToken);
    }

    private static OrderDeadline? Read(ServiceBusReceivedMessage message)
    {
        try
        {
            return JsonSerializer.Deserialize<OrderDeadline>(message.Body.ToMemory().Span, EventJson.Options) is { } deadline
                && Guid.TryParseExact(deadline.OrderId, "N", out _) ? deadline : null;
        }
        catch (JsonException)
        {
            // Not one of ours; it is dead-lettered as that.
            return null;
        }
    }
}
