namespace EventFunctions.Local.ServiceBus;

/// <summary>A change of a topic; publishing changes its subscriptions with it, in one record.</summary>
internal abstract record TopicRecord : BrokerRecord
{
    private TopicRecord()
    {
    }

    /// <summary>A message came in, and this is where its copies went.</summary>
    /// <param name="SequenceNumber">Its number in the topic.</param>
    /// <param name="ScheduledAs">The number it was scheduled under before, if it was.</param>
    /// <param name="Message">The message.</param>
    /// <param name="At">When it was enqueued.</param>
    /// <param name="Copies">One per subscription that takes it, and one more per rule there with an action.</param>
    public sealed record Published(
        long SequenceNumber, long? ScheduledAs, BrokerMessage Message, DateTimeOffset At, IReadOnlyList<TopicCopy> Copies) : TopicRecord;

    /// <summary>A message was taken in for later.</summary>
    public sealed record Scheduled(long SequenceNumber, BrokerMessage Message, DateTimeOffset At, DateTimeOffset DueAt) : TopicRecord;

    /// <summary>A scheduled message was taken back.</summary>
    public sealed record ScheduleCancelled(long SequenceNumber) : TopicRecord;
}

/// <summary>One subscription's copy of a published message.</summary>
/// <param name="Subscription">The number of the subscription.</param>
/// <param name="SequenceNumber">Its number there, or in the dead-letter queue there.</param>
/// <param name="ExpiresAt">When it stops being deliverable.</param>
/// <param name="DeadLetterReason">Why it goes straight to the dead-letter queue, if it does.</param>
/// <param name="Changed">The message as the action of a rule left it; none where it is the one that was published.</param>
internal sealed record TopicCopy(
    uint Subscription,
    long SequenceNumber,
    DateTimeOffset ExpiresAt,
    IReadOnlyDictionary<string, object>? DeadLetterReason,
    BrokerMessage? Changed);
