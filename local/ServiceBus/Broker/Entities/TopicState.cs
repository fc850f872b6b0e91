namespace EventFunctions.Local.ServiceBus;

/// <summary>Everything a topic knows: its numbers, what waits for its time, the message ids seen lately. Copies are its subscriptions'.</summary>
internal sealed class TopicState(TimeSpan? duplicateWindow, Func<uint, MessageQueue> subscription, StorageMeter meter, MessageStore store)
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

                Publish(r);
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

    private void Publish(TopicRecord.Published published)
    {
        KeptMessage? unchanged = null;
        foreach (var copy in published.Copies)
        {
            if (copy is { Changed: null, DeadLetterReason: null })
            {
                unchanged = unchanged?.Hold() ?? store.Keep(published.Message); // all who have it unchanged share it
                Place(published, copy, published.Message, unchanged.Value);
            }
            else
            {
                var message = (copy.Changed ?? published.Message).WithProperties(copy.DeadLetterReason);
                Place(published, copy, message, store.Keep(message));
            }
        }
    }

    private void Place(TopicRecord.Published published, TopicCopy copy, BrokerMessage message, KeptMessage kept)
    {
        var queue = subscription(copy.Subscription);
        var isDead = copy.DeadLetterReason is not null;
        var target = isDead ? queue.DeadLetterQueue!.State : queue.State;
        var stored = new StoredMessage
        {
            SequenceNumber = copy.SequenceNumber,
            EnqueuedSequenceNumber = message.Forwarding?.EnqueuedSequenceNumber ?? published.SequenceNumber,
            Message = kept,
            EnqueuedAt = published.At,
            ExpiresAt = copy.ExpiresAt,
            DeadLetterSource = isDead ? queue.Path : message.Forwarding?.DeadLetterSource,
        };
        target.Enqueue(stored, message.SessionId);
    }
}
