using System.Globalization;
using Azure.Messaging.ServiceBus;

namespace EventFunctions.Publishing.DeadLetters;

/// <summary>
/// Sends dead letters to their topic once more. Every subscription of the topic gets them again, and those that have handled the
/// event ignore it: see docs/decisions/0013-dead-letters.md.
/// </summary>
/// <param name="queues">Has the dead letters.</param>
/// <param name="client">Sends.</param>
public sealed class DeadLetterResubmission(DeadLetterQueues queues, ServiceBusClient client)
{
    /// <summary>Application property of a message that is sent once more: the message id it had first.</summary>
    public const string OriginalIdProperty = "originalMessageId";

    /// <summary>Sends chosen dead letters once more, those that died first at the front.</summary>
    /// <param name="source">The subscription.</param>
    /// <param name="isChosen">Which ones.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were sent.</returns>
    public async Task<int> ResubmitAsync(
        SubscriptionName source, Func<ServiceBusReceivedMessage, bool> isChosen, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(isChosen);
        await using var sender = client.CreateSender(source.Topic);
        var sent = new HashSet<string>(StringComparer.Ordinal);

        // One that dies again at once is not sent a second time by the same call.
        return await queues.TakeAsync(
            source, message => !sent.Contains(message.MessageId) && isChosen(message), limit, SendAsync, cancellationToken);

        async Task SendAsync(ServiceBusReceivedMessage message, CancellationToken token)
        {
            var copy = CopyOf(source, message);
            await sender.SendMessageAsync(copy, token);
            sent.Add(copy.MessageId);
        }
    }

    /// <summary>
    /// The message with an id that the topic's duplicate detection has not seen; the same for the same dead letter, so that it
    /// drops the second one where the first try got no further than sending.
    /// </summary>
    private static ServiceBusMessage CopyOf(SubscriptionName source, ServiceBusReceivedMessage message)
    {
        var original = message.ApplicationProperties.TryGetValue(OriginalIdProperty, out var first) && first is string id ? id : message.MessageId;
        var copy = new ServiceBusMessage(message)
        {
            MessageId = string.Create(CultureInfo.InvariantCulture, $"{original}/{source.Subscription}/{message.SequenceNumber}"),
        };
        copy.ApplicationProperties[OriginalIdProperty] = original;
        return copy;
    }
}
