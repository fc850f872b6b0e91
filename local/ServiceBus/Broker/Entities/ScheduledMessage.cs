namespace EventFunctions.Local.ServiceBus;

/// <summary>A message that waits for its time.</summary>
/// <param name="SequenceNumber">The number to cancel it by.</param>
/// <param name="Message">What was sent.</param>
/// <param name="DueAt">When it becomes receivable.</param>
/// <param name="Size">What it takes, in bytes.</param>
internal sealed record ScheduledMessage(long SequenceNumber, BrokerMessage Message, DateTimeOffset DueAt, long Size) : ISequenced
{
    /// <summary>As a peek shows it.</summary>
    public Delivery Peeked() => new(
        Message,
        SequenceNumber,
        SequenceNumber,
        DueAt,
        DateTimeOffset.MaxValue,
        DeliveryCount: 0,
        Guid.Empty,
        LockedUntil: default,
        DeadLetterSource: null,
        MessagePlace.Scheduled);
}
