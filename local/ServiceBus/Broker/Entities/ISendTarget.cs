namespace EventFunctions.Local.ServiceBus;

/// <summary>What a sender sends to: a queue or a topic.</summary>
internal interface ISendTarget : IDueWork
{
    string Path { get; }

    long MaxMessageSizeInBytes { get; }

    /// <summary>What it changes together with.</summary>
    EntityShard Shard { get; }

    /// <summary>Takes all messages or none. A message with a time ahead waits for it; its number is that of the schedule.</summary>
    ValueTask<SendOutcome> SendAsync(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken);

    /// <summary>Takes in one message that another entity forwards; the gate is held. To be followed by <see cref="IDueWork.RunDue"/>.</summary>
    /// <returns>Why it does not; none if it did.</returns>
    SendOutcome? TakeForwarded(BrokerMessage message, DateTimeOffset now);

    /// <summary>Takes scheduled messages back, all or none.</summary>
    ValueTask<CancelOutcome> CancelScheduledAsync(IReadOnlyList<long> sequenceNumbers, CancellationToken cancellationToken);
}
