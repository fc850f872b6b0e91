namespace EventFunctions.Local.ServiceBus;

/// <summary>Everything a topic knows: its numbers, what waits for its time, the message ids seen lately. Copies are its subscriptions'.</summary>
internal sealed class TopicState(TimeSpan? duplicateWindow, IReadOnlyDictionary<string, Subscription> subscriptions)
{
    public Schedule Schedule { get; } = new();

    public DuplicateHistory? Duplicates { get; } = duplicateWindow is { } window ? new DuplicateHistory(window) : null;

    public long LastSequenceNumber { get; private set; }

    /// <summary>The only way a topic changes.</summary>
    public void Apply(TopicRecord record)
    {
        switch (record)
        {
            case TopicRecord.Published r:
                LastSequenceNumber = r.SequenceNumber;
                if (r.ScheduledAs is { } scheduledAs)
                {
                    Schedule.Take(scheduledAs);
                }
                else
                {
                    Duplicates?.Remember(r.Message.MessageId, r.SequenceNumber, r.At);
                }

                foreach (var copy in r.Copies)
                {
                    Copy(r, copy, subscriptions[copy.Subscription].Queue);
                }

                break;
            case TopicRecord.Scheduled r:
                LastSequenceNumber = r.SequenceNumber;
                Duplicates?.Remember(r.Message.MessageId, r.SequenceNumber, r.At);
                Schedule.Add(r.SequenceNumber, r.Message, r.DueAt);
                break;
            case TopicRecord.ScheduleCancelled r:
                Schedule.Take(r.SequenceNumber);
                break;
            default:
                throw new InvalidOperationException($"A topic has no record {record.GetType().Name}.");
        }
    }

    private static void Copy(TopicRecord.Published published, TopicCopy copy, MessageQueue subscription)
    {
        var isDead = copy.DeadLetterReason is not null;
        var target = isDead ? subscription.DeadLetterQueue!.State : subscription.State;
        target.Enqueue(new StoredMessage
        {
            SequenceNumber = copy.SequenceNumber,
            EnqueuedSequenceNumber = published.SequenceNumber,
            Message = published.Message.WithProperties(copy.DeadLetterReason),
            EnqueuedAt = published.At,
            ExpiresAt = copy.ExpiresAt,
            DeadLetterSource = isDead ? subscription.Path : null,
        });
    }
}
