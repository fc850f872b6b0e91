namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Message annotations of the service ("AMQP 1.0 in Azure Service Bus protocol guide", "Message annotations").</summary>
internal static class MessageAnnotation
{
    public const string EnqueuedTime = "x-opt-enqueued-time";
    public const string SequenceNumber = "x-opt-sequence-number";
    public const string EnqueuedSequenceNumber = "x-opt-enqueue-sequence-number";
    public const string LockedUntil = "x-opt-locked-until";
    public const string PartitionKey = "x-opt-partition-key";
    public const string ViaPartitionKey = "x-opt-via-partition-key";
    public const string ScheduledEnqueueTime = "x-opt-scheduled-enqueue-time";
    public const string DeadLetterSource = "x-opt-deadletter-source";
    public const string MessageState = "x-opt-message-state";

    /// <summary>Whether the broker itself says this of every message, so that a sender cannot.</summary>
    public static bool IsOfBroker(string name) => name is EnqueuedTime or SequenceNumber or EnqueuedSequenceNumber or LockedUntil
        or DeadLetterSource or MessageState or PartitionKey or ViaPartitionKey or ScheduledEnqueueTime;
}
