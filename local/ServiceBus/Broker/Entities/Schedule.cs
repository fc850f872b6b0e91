namespace EventFunctions.Local.ServiceBus;

/// <summary>Messages that wait for their time, by number and by due time (equal times in the order they were scheduled).</summary>
internal sealed class Schedule
{
    private readonly Dictionary<long, (BrokerMessage Message, DateTimeOffset DueAt)> _waiting = [];
    private readonly PriorityQueue<long, (DateTimeOffset DueAt, long SequenceNumber)> _order = new();

    public int Count => _waiting.Count;

    public void Add(long sequenceNumber, BrokerMessage message, DateTimeOffset dueAt)
    {
        _waiting.Add(sequenceNumber, (message, dueAt));
        _order.Enqueue(sequenceNumber, (dueAt, sequenceNumber));
    }

    public bool Contains(long sequenceNumber) => _waiting.ContainsKey(sequenceNumber);

    public BrokerMessage Take(long sequenceNumber)
    {
        _waiting.Remove(sequenceNumber, out var entry);
        return entry.Message ?? throw new InvalidOperationException($"No message {sequenceNumber} is scheduled.");
    }

    /// <summary>Scheduled messages with this number or a higher one, in order, as a peek shows them.</summary>
    public IEnumerable<Delivery> From(long sequenceNumber) => _waiting
        .Where(entry => entry.Key >= sequenceNumber)
        .OrderBy(entry => entry.Key)
        .Select(entry => new Delivery(
            entry.Value.Message,
            entry.Key,
            entry.Key,
            entry.Value.DueAt,
            DateTimeOffset.MaxValue,
            DeliveryCount: 0,
            Guid.Empty,
            LockedUntil: default,
            DeadLetterSource: null,
            MessagePlace.Scheduled));

    /// <summary>The message that is due first.</summary>
    public bool TryFirst(out long sequenceNumber, out BrokerMessage message, out DateTimeOffset dueAt)
    {
        while (_order.TryPeek(out sequenceNumber, out var priority))
        {
            if (_waiting.TryGetValue(sequenceNumber, out var entry))
            {
                (message, dueAt) = (entry.Message, priority.DueAt);
                return true;
            }

            _order.Dequeue(); // taken or cancelled before its time
        }

        (message, dueAt) = (null!, DateTimeOffset.MaxValue);
        return false;
    }
}
