using Azure.Messaging.ServiceBus;
using EventFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Publishing;

/// <summary>Settles a message by what came of handling it.</summary>
/// <param name="timeProvider">The clock of the waits.</param>
/// <param name="logger">Gets what is dead-lettered.</param>
/// <param name="metrics">Counts it, where it is to be counted.</param>
internal sealed class MessageSettlement(TimeProvider timeProvider, ILogger logger, MessageMetrics? metrics)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Less than a lock lasts.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>The longest description the broker takes with a dead letter, in characters.</summary>
    private const int MaxDescriptionLength = 4096;

    /// <summary>Completes the message when its handler is done. A failure is thrown, and the host abandons the message.</summary>
    /// <remarks>
    /// An abandoned message comes back at once, so a store that is away for a second would use up all deliveries. Therefore a
    /// failure is held back while the lock lasts, longer with each delivery: ten of them bridge two minutes.
    /// </remarks>
    public async Task CompleteAfterAsync(
        ServiceBusReceivedMessage message, ServiceBusMessageActions actions, Func<CancellationToken, Task> handler, CancellationToken cancellationToken)
    {
        await RunAsync(message, handler, cancellationToken);
        await actions.CompleteMessageAsync(message, cancellationToken);
    }

    /// <summary>Dead-letters a message that nobody can read, after it was told.</summary>
    public async Task DeadLetterAfterAsync(
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        string reason,
        Exception cause,
        Func<CancellationToken, Task> handler,
        CancellationToken cancellationToken)
    {
        await RunAsync(message, handler, cancellationToken);
        await actions.DeadLetterMessageAsync(
            message,
            propertiesToModify: null,
            deadLetterReason: reason,
            deadLetterErrorDescription: cause.Message[..Math.Min(cause.Message.Length, MaxDescriptionLength)],
            cancellationToken: cancellationToken);
        metrics?.DeadLettered(reason);
        logger.LogError(cause, "Message {MessageId} ({Subject}) is dead-lettered as {Reason}.", message.MessageId, message.Subject, reason);
    }

    /// <summary>Does something for a message; a failure is thrown when it has been held back.</summary>
    public async Task<TResult> HoldBackAsync<TResult>(
        ServiceBusReceivedMessage message, Func<CancellationToken, Task<TResult>> handler, CancellationToken cancellationToken)
    {
        try
        {
            return await handler(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Also a handler's own time-out, which is no wish of the host's to stop.
            await Task.Delay(DelayAfter(message.DeliveryCount), timeProvider, cancellationToken);
            throw;
        }
    }

    private Task<bool> RunAsync(ServiceBusReceivedMessage message, Func<CancellationToken, Task> handler, CancellationToken cancellationToken) =>
        HoldBackAsync(
            message,
            async token =>
            {
                await handler(token);
                return true;
            },
            cancellationToken);

    private static TimeSpan DelayAfter(int delivery)
    {
        var delay = FirstDelay * Math.Pow(2, Math.Clamp(delivery - 1, 0, 30));
        return delay < LongestDelay ? delay : LongestDelay;
    }
}
