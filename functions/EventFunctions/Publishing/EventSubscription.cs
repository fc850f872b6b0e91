using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Publishing;

/// <summary>Hands the event in a message to a handler and settles the message by what came of it.</summary>
/// <param name="serializer">Reads the event.</param>
/// <param name="timeProvider">The clock of the waits.</param>
/// <param name="logger">Gets what is dead-lettered.</param>
/// <param name="metrics">Counts it, where it is to be counted.</param>
public sealed class EventSubscription(
    EventSerializer serializer, TimeProvider timeProvider, ILogger<EventSubscription> logger, MessageMetrics? metrics = null)
{
    /// <summary>Dead-letter reason: the body is not an event.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>Dead-letter reason: the event's type is not known to this version of the code.</summary>
    public const string UnknownType = "unknown-type";

    private readonly MessageSettlement _settlement = new(timeProvider, logger, metrics);

    /// <summary>
    /// Completes the message when the handler is done, and dead-letters it when no handler could ever read it. Any other
    /// failure is thrown: the host then abandons the message, and the broker counts the delivery.
    /// </summary>
    public Task HandleAsync(
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        Func<EventEnvelope, CancellationToken, Task> handler,
        CancellationToken cancellationToken) =>
        HandleAsync(message, actions, handler, static (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Does the same, and tells of a message that nobody can read before it is dead-lettered.</summary>
    /// <param name="message">The message.</param>
    /// <param name="actions">Settle it.</param>
    /// <param name="handler">Handles the event.</param>
    /// <param name="whenUnreadable">Is told why; where it fails, the message is not settled and comes again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task HandleAsync(
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        Func<EventEnvelope, CancellationToken, Task> handler,
        Func<Exception, CancellationToken, Task> whenUnreadable,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(whenUnreadable);
        var (envelope, unreadable) = await _settlement.HoldBackAsync(message, token => ReadAsync(message, token), cancellationToken);
        await (envelope is not null
            ? _settlement.CompleteAfterAsync(message, actions, token => handler(envelope, token), cancellationToken)
            : _settlement.DeadLetterAfterAsync(
                message,
                actions,
                unreadable is UnknownEventTypeException ? UnknownType : Unreadable,
                unreadable!,
                token => whenUnreadable(unreadable!, token),
                cancellationToken));
    }

    private async Task<(EventEnvelope? Envelope, Exception? Unreadable)> ReadAsync(
        ServiceBusReceivedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return (await serializer.ReadAsync(message.Body.ToMemory(), cancellationToken), null);
        }
        catch (Exception exception) when (exception is UnknownEventTypeException or EventFormatException)
        {
            return (null, exception);
        }
    }
}
