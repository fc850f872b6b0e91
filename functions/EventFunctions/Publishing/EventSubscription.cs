using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Publishing;

/// <summary>Hands the event in a message to a handler and settles the message by what came of it.</summary>
/// <param name="serializer">Reads the event.</param>
/// <param name="timeProvider">The clock of the waits.</param>
/// <param name="logger">Gets what is dead-lettered.</param>
public sealed class EventSubscription(EventSerializer serializer, TimeProvider timeProvider, ILogger<EventSubscription> logger)
{
    /// <summary>Dead-letter reason: the body is not an event.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>Dead-letter reason: the event's type is not known to this version of the code.</summary>
    public const string UnknownType = "unknown-type";

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Less than a lock lasts.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>The longest description the broker takes with a dead letter, in characters.</summary>
    private const int MaxDescriptionLength = 4096;

    /// <summary>
    /// Completes the message when the handler is done, and dead-letters it when no handler could ever read it. Any other
    /// failure is thrown: the host then abandons the message, and the broker counts the delivery.
    /// </summary>
    /// <remarks>
    /// An abandoned message comes back at once, so a store that is away for a second would use up all deliveries. Therefore a
    /// failure is held back while the lock lasts, longer with each delivery: ten of them bridge two minutes.
    /// </remarks>
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
        EventEnvelope? envelope;
        Exception? unreadable;
        try
        {
            (envelope, unreadable) = await ReadAsync(message, cancellationToken);
            await (envelope is not null ? handler(envelope, cancellationToken) : whenUnreadable(unreadable!, cancellationToken));
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Also a handler's own time-out, which is no wish of the host's to stop.
            await Task.Delay(DelayAfter(message.DeliveryCount), timeProvider, cancellationToken);
            throw;
        }

        await (envelope is not null
            ? actions.CompleteMessageAsync(message, cancellationToken)
            : DeadLetterAsync(message, actions, unreadable!, cancellationToken));
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

    private static TimeSpan DelayAfter(int delivery)
    {
        var delay = FirstDelay * Math.Pow(2, Math.Clamp(delivery - 1, 0, 30));
        return delay < LongestDelay ? delay : LongestDelay;
    }

    private async Task DeadLetterAsync(
        ServiceBusReceivedMessage message, ServiceBusMessageActions actions, Exception cause, CancellationToken cancellationToken)
    {
        var reason = cause is UnknownEventTypeException ? UnknownType : Unreadable;
        await actions.DeadLetterMessageAsync(
            message,
            propertiesToModify: null,
            deadLetterReason: reason,
            deadLetterErrorDescription: cause.Message[..Math.Min(cause.Message.Length, MaxDescriptionLength)],
            cancellationToken: cancellationToken);
        logger.LogError(cause, "Message {MessageId} ({Subject}) is dead-lettered as {Reason}.", message.MessageId, message.Subject, reason);
    }
}
