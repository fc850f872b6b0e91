using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Publishing.DeadLetters;

/// <summary>The dead letters of subscriptions: looks at them without receiving, and takes chosen ones out.</summary>
/// <param name="client">The broker.</param>
/// <param name="logger">Gets locks that were lost.</param>
public sealed class DeadLetterQueues(ServiceBusClient client, ILogger<DeadLetterQueues> logger)
{
    /// <summary>How many dead letters one call may pass by or take. A chosen one behind more than these is not reached.</summary>
    public const int Reach = 1000;

    private const int BatchSize = 100;
    private static readonly ServiceBusReceiverOptions DeadLetters = new() { SubQueue = SubQueue.DeadLetter };

    /// <summary>How long the broker is given to say that there is nothing more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Dead letters in the order of their numbers; there may be fewer than asked for although more follow.</summary>
    /// <param name="source">The subscription.</param>
    /// <param name="from">The first number to look at.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekAsync(
        SubscriptionName source, long from, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using var receiver = client.CreateReceiver(source.Topic, source.Subscription, DeadLetters);
        return await receiver.PeekMessagesAsync(count, from, cancellationToken);
    }

    /// <summary>
    /// Takes chosen dead letters out: each is removed after <paramref name="act"/> has returned, so that nothing is lost where
    /// that fails or the process ends. The others are held until all is done, or they would come again, and then given back.
    /// </summary>
    /// <param name="source">The subscription.</param>
    /// <param name="isChosen">Which ones.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="act">What is to be done before one is removed; it may run again for the same one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were acted on.</returns>
    public async Task<int> TakeAsync(
        SubscriptionName source,
        Func<ServiceBusReceivedMessage, bool> isChosen,
        int limit,
        Func<ServiceBusReceivedMessage, CancellationToken, Task> act,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(isChosen);
        ArgumentNullException.ThrowIfNull(act);
        await using var receiver = client.CreateReceiver(source.Topic, source.Subscription, DeadLetters);
        var held = new Queue<ServiceBusReceivedMessage>();
        var taken = 0;
        try
        {
            for (var seen = 0; taken < limit && seen < Reach;)
            {
                var batch = await receiver.ReceiveMessagesAsync(BatchSize, Patience, cancellationToken);
                if (batch.Count == 0)
                {
                    break;
                }

                seen += batch.Count;
                foreach (var message in batch)
                {
                    held.Enqueue(message);
                }

                for (var rest = batch.Count; rest > 0 && taken < limit; rest--)
                {
                    var message = held.Peek();
                    if (isChosen(message))
                    {
                        await act(message, cancellationToken);
                        await RemoveAsync(receiver, message, cancellationToken);
                        taken++;
                        held.Dequeue();
                    }
                    else
                    {
                        held.Enqueue(held.Dequeue());
                    }
                }
            }

            return taken;
        }
        finally
        {
            await GiveBackAsync(receiver, held);
        }
    }

    /// <summary>The lock may have ended meanwhile; then the dead letter stays and can be acted on once more, which must do no harm.</summary>
    private async Task RemoveAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await receiver.CompleteMessageAsync(message, cancellationToken);
        }
        catch (ServiceBusException exception) when (exception.Reason == ServiceBusFailureReason.MessageLockLost)
        {
            logger.LogWarning(exception, "Dead letter {SequenceNumber} of {Entity} was acted on, but is still there.", message.SequenceNumber, receiver.EntityPath);
        }
    }

    /// <summary>Also when the caller gives up: until their locks end they would be out of sight for everybody else.</summary>
    private async Task GiveBackAsync(ServiceBusReceiver receiver, IEnumerable<ServiceBusReceivedMessage> held)
    {
        foreach (var message in held)
        {
            try
            {
                await receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None);
            }
            catch (ServiceBusException exception)
            {
                // Its lock has ended or ends by itself: it is back sooner or later.
                logger.LogDebug(exception, "Dead letter {SequenceNumber} of {Entity} was not given back.", message.SequenceNumber, receiver.EntityPath);
            }
        }
    }
}
