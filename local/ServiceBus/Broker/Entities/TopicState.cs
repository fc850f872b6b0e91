namespace EventFunctions.Local.ServiceBus;

/// <summary>Everything a topic knows: its numbers, what waits for its time, the message ids seen lately. Copies are its subscriptions'.</summary>
internal sealed class TopicState(TimeSpan? duplicateWindow, Func<uint, MessageQueue> subscription, StorageMeter meter)
{
    public Schedule Schedule { get; } = new();

    public DuplicateHistory? Duplicates { get; } = duplicateWindow is { } window ? new DuplicateHistory(window) : null;

    public long LastSequenceNumber { get; private set; }

    /// <summary>What its scheduled messages take, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>The only way a topic changes.</summary>
    public void Apply(TopicRecord record)
    {
        switch (record)
        {
            case TopicRecord.Published r:
                LastSequenceNumber = r.SequenceNumber;
                if (r.ScheduledAs is { } scheduledAs)
                {
                    Take(scheduledAs);
                }
                else
                {
                    Duplicates?.Remember(r.Message.MessageId, r.SequenceNumber, r.At);
                }

                foreach (var copy in r.Copies)
                {
                    Copy(r, copy, subscription(copy.Subscription));
                }

                break;
            case TopicRecord.Scheduled r:
                LastSequenceNumber = r.SequenceNumber;
                Duplicates?.Remember(r.Message.MessageId, r.SequenceNumber, r.At);
                Add(new ScheduledMessage(r.SequenceNumber, r.Message, r.DueAt, MessageSize.Of(r.Message)));
                break;
            case TopicRecord.ScheduleCancelled r:
                Take(r.SequenceNumber);
                break;
            default:
                throw new InvalidOperationException($"A topic has no record {record.GetType().Name}.");
        }
    }

    /// <summary>What it holds now.</summary>
    public QueueNote Note() => new(LastSequenceNumber, Duplicates?.All.ToArray() ?? [], Schedule.From(0).ToArray(), [], []);

    /// <summary>Takes over what a snapshot holds; it holds nothing yet.</summary>
    public void Load(QueueNote note)
    {
        LastSequenceNumber = note.LastSequenceNumber;
        foreach (var (messageId, number, at) in note.Duplicates)
        {
            Duplicates?.Remember(messageId, number, at);
        }

        foreach (var scheduled in note.Scheduled)
        {
            Add(scheduled);
        }
    }

    private void Add(ScheduledMessage message)
    {
        Schedule.Add(message);
        Measure(message.Size);
    }

    private void Take(long sequenceNumber) => Measure(-Schedule.Take(sequenceNumber).Size);

    private void Measure(long bytes)
    {
        Bytes += bytes;
        meter.Add(bytes);
    }

    private static void Copy(TopicRecord.Published published, TopicCopy copy, MessageQueue subscription)
    {
        var isDead = copy.DeadLetterReason is not null;
        var target = isDead ? subscription.DeadLetterQueue!.State : subscription.State;
        var message = copy.Changed ?? published.Message;
        target.Enqueue(new StoredMessage
        {
            SequenceNumber = copy.SequenceNumber,
            EnqueuedSequenceNumber = message.Forwarding?.EnqueuedSequenceNumber ?? published.SequenceNumber,
            Message = message.WithProperties(copy.DeadLetterReason),
            EnqueuedAt = published.At,
            ExpiresAt = copy.ExpiresAt,
            DeadLetterSource = isDead ? subscription.Path : message.Forwarding?.DeadLetterSource,
        });
    }
}
