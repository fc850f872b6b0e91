namespace EventFunctions.Local.ServiceBus;

/// <summary>Messages that wait for their time, by number and by due time (equal times in the order they were scheduled).</summary>
internal sealed class Schedule
{
    private readonly SequenceIndex<ScheduledMessage> _waiting = new();
    private readonly PriorityQueue<ScheduledMessage, (DateTimeOffset DueAt, long SequenceNumber)> _order = new();

    public int Count => _waiting.Count;

    public void Add(ScheduledMessage message)
    {
        _waiting.Add(message);
        _order.Enqueue(message, (message.DueAt, message.SequenceNumber));
    }

    public bool Contains(long sequenceNumber) => _waiting.Find(sequenceNumber) is not null;

    public ScheduledMessage Take(long sequenceNumber)
    {
        var message = _waiting.Find(sequenceNumber) ?? throw new InvalidOperationException($"No message {sequenceNumber} is scheduled.");
        _waiting.Remove(message);
        return message;
    }

    /// <summary>Scheduled messages with this number or a higher one, in order.</summary>
    public IEnumerable<ScheduledMessage> From(long sequenceNumber) => _waiting.From(sequenceNumber);

    /// <summary>The message that is due first.</summary>
    public ScheduledMessage? First
    {
        get
        {
            while (_order.TryPeek(out var message, out _))
            {
                if (ReferenceEquals(_waiting.Find(message.SequenceNumber), message))
                {
                    return message;
                }

                _order.Dequeue(); // taken or cancelled before its time
            }

            return null;
        }
    }

    /// <summary>When that is; the maximum if there is none.</summary>
    public DateTimeOffset NextDue => First?.DueAt ?? DateTimeOffset.MaxValue;
}
