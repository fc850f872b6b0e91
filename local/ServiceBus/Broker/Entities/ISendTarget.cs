namespace EventFunctions.Local.ServiceBus;

/// <summary>What a sender sends to: a queue or a topic.</summary>
internal interface ISendTarget
{
    string Path { get; }

    long MaxMessageSizeInBytes { get; }

    /// <summary>Takes all messages or none. A message with a time ahead waits for it; its number is that of the schedule.</summary>
    ValueTask<SendOutcome> SendAsync(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken);

    /// <summary>Takes scheduled messages back, all or none.</summary>
    ValueTask<CancelOutcome> CancelScheduledAsync(IReadOnlyList<long> sequenceNumbers, CancellationToken cancellationToken);
}
