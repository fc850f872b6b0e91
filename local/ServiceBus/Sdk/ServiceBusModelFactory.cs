#nullable disable

using EventFunctions.Local.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>Makes what only the service can make, for tests of code that uses it.</summary>
public static class ServiceBusModelFactory
{
    /// <summary>A received message.</summary>
    public static ServiceBusReceivedMessage ServiceBusReceivedMessage(
        BinaryData body = null,
        string messageId = null,
        string partitionKey = null,
        string viaPartitionKey = null,
        string sessionId = null,
        string replyToSessionId = null,
        TimeSpan timeToLive = default,
        string correlationId = null,
        string subject = null,
        string to = null,
        string contentType = null,
        string replyTo = null,
        DateTimeOffset scheduledEnqueueTime = default,
        IDictionary<string, object> properties = null,
        Guid lockTokenGuid = default,
        int deliveryCount = 0,
        DateTimeOffset lockedUntil = default,
        long sequenceNumber = -1,
        string deadLetterSource = null,
        long enqueuedSequenceNumber = 0,
        DateTimeOffset enqueuedTime = default,
        ServiceBusMessageState serviceBusMessageState = ServiceBusMessageState.Active)
    {
        var message = new BrokerMessage
        {
            Body = body?.ToMemory() ?? default,
            MessageId = messageId,
            PartitionKey = partitionKey,
            TransactionPartitionKey = viaPartitionKey,
            SessionId = sessionId,
            ReplyToSessionId = replyToSessionId,
            TimeToLive = timeToLive == default ? TimeSpan.MaxValue : timeToLive,
            CorrelationId = correlationId,
            Subject = subject,
            To = to,
            ContentType = contentType,
            ReplyTo = replyTo,
            ScheduledEnqueueTime = scheduledEnqueueTime == default ? null : scheduledEnqueueTime,
            Properties = properties is null ? BrokerMessage.NoProperties : new Dictionary<string, object>(properties, StringComparer.Ordinal).AsReadOnly(),
        };
        var place = serviceBusMessageState switch
        {
            ServiceBusMessageState.Deferred => MessagePlace.Deferred,
            ServiceBusMessageState.Scheduled => MessagePlace.Scheduled,
            _ => MessagePlace.Available,
        };
        var delivery = new Delivery(
            message,
            sequenceNumber,
            enqueuedSequenceNumber,
            enqueuedTime,
            DateTimeOffset.MaxValue,
            deliveryCount,
            lockTokenGuid,
            lockedUntil,
            deadLetterSource,
            place);
        return new ServiceBusReceivedMessage(delivery, peeked: true); // the count is taken as given
    }

    /// <summary>A received message; the form from before there were states, for calls that name every argument.</summary>
    public static ServiceBusReceivedMessage ServiceBusReceivedMessage(
        BinaryData body,
        string messageId,
        string partitionKey,
        string viaPartitionKey,
        string sessionId,
        string replyToSessionId,
        TimeSpan timeToLive,
        string correlationId,
        string subject,
        string to,
        string contentType,
        string replyTo,
        DateTimeOffset scheduledEnqueueTime,
        IDictionary<string, object> properties,
        Guid lockTokenGuid,
        int deliveryCount,
        DateTimeOffset lockedUntil,
        long sequenceNumber,
        string deadLetterSource,
        long enqueuedSequenceNumber,
        DateTimeOffset enqueuedTime) => ServiceBusReceivedMessage(
            body,
            messageId,
            partitionKey,
            viaPartitionKey,
            sessionId,
            replyToSessionId,
            timeToLive,
            correlationId,
            subject,
            to,
            contentType,
            replyTo,
            scheduledEnqueueTime,
            properties,
            lockTokenGuid,
            deliveryCount,
            lockedUntil,
            sequenceNumber,
            deadLetterSource,
            enqueuedSequenceNumber,
            enqueuedTime,
            ServiceBusMessageState.Active);

    /// <summary>A batch whose contents and capacity the test decides on.</summary>
    /// <param name="batchSizeBytes">The size it says it has.</param>
    /// <param name="batchMessageStore">What it holds; messages that are added go there.</param>
    /// <param name="batchOptions">Its options.</param>
    /// <param name="tryAddCallback">Whether a message fits; every one does unless given.</param>
    public static ServiceBusMessageBatch ServiceBusMessageBatch(
        long batchSizeBytes,
        IList<ServiceBusMessage> batchMessageStore,
        CreateMessageBatchOptions batchOptions = null,
        Func<ServiceBusMessage, bool> tryAddCallback = null)
    {
        ArgumentNullException.ThrowIfNull(batchMessageStore);
        return new ServiceBusMessageBatch(
            batchSizeBytes, batchMessageStore, batchOptions?.MaxSizeInBytes ?? long.MaxValue, tryAddCallback ?? (_ => true));
    }
}
