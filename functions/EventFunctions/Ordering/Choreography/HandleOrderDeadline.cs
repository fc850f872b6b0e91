using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Choreography;

/// <summary>Looks at orders whose time has come: see <see cref="OrderDeadlineKind"/>.</summary>
/// <param name="reaction">Looks and acts.</param>
/// <param name="timeProvider">The clock of the waits.</param>
public sealed class HandleOrderDeadline(OrderDeadlineReaction reaction, TimeProvider timeProvider)
{
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
        if (Read(message) is not { } deadline || !await ReactAsync(deadline, message, cancellationToken))
        {
            await actions.DeadLetterMessageAsync(
                message,
                propertiesToModify: null,
                deadLetterReason: EventSubscription.Unreadable,
                deadLetterErrorDescription: $"This version of the code knows no deadline '{message.Subject}', or the body is not one.",
                cancellationToken: cancellationToken);
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

    private async Task<bool> ReactAsync(OrderDeadline deadline, ServiceBusReceivedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await reaction.ReactAsync(deadline, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(EventSubscription.DelayAfter(message.DeliveryCount), timeProvider, cancellationToken);
            throw;
        }
    }
}
