namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Messages ready for delivery, lowest number first. New ones always have the highest number, so a plain queue keeps them in
/// order; the few that come back are kept in a heap beside it. Both ends cost the same however many there are.
/// </summary>
internal sealed class AvailableMessages
{
    private readonly ArrivalQueue<StoredMessage> _arrivals = new();
    private PriorityQueue<StoredMessage, long>? _returned;

    /// <summary>The message to deliver next.</summary>
    public StoredMessage? Head
    {
        get
        {
            StoredMessage? returned = null;
            _returned?.TryPeek(out returned, out _);
            var arrival = _arrivals.First;
            return arrival is null || returned?.SequenceNumber < arrival.SequenceNumber ? returned : arrival;
        }
    }

    public void Add(StoredMessage arrival) => _arrivals.Enqueue(arrival);

    public void Return(StoredMessage message) => (_returned ??= new()).Enqueue(message, message.SequenceNumber);

    /// <summary>Takes out the message that is delivered next.</summary>
    /// <exception cref="InvalidOperationException">It is not the one expected: decision and application disagree.</exception>
    public void TakeHead(StoredMessage expected)
    {
        if (!ReferenceEquals(Head, expected))
        {
            throw new InvalidOperationException($"Message {expected.SequenceNumber} is not the next one to be delivered.");
        }

        if (ReferenceEquals(_arrivals.First, expected))
        {
            _arrivals.Dequeue();
        }
        else
        {
            _returned!.Dequeue();
        }
    }
}
