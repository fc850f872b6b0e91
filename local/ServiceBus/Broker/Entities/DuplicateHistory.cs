namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// The message ids an entity has seen within its window, and the number each first got. Remembered also when the message itself is
/// long gone.
/// </summary>
internal sealed class DuplicateHistory(TimeSpan window)
{
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string MessageId, DateTimeOffset At)> _order = new();

    /// <summary>How long an id is remembered.</summary>
    public TimeSpan Window { get; set; } = window;

    /// <summary>What is remembered, the oldest first.</summary>
    public IEnumerable<(string MessageId, long SequenceNumber, DateTimeOffset At)> All => _order.Select(o => (o.MessageId, _seen[o.MessageId], o.At));

    public bool TryFind(string? messageId, out long sequenceNumber)
    {
        sequenceNumber = 0;
        return messageId is not null && _seen.TryGetValue(messageId, out sequenceNumber);
    }

    public void Remember(string? messageId, long sequenceNumber, DateTimeOffset at)
    {
        ForgetBefore(at); // so that a log that is read again forgets at the same places
        if (messageId is not null && _seen.TryAdd(messageId, sequenceNumber))
        {
            _order.Enqueue((messageId, at));
        }
    }

    /// <summary>Forgets what was seen a whole window ago or earlier.</summary>
    public void ForgetBefore(DateTimeOffset now)
    {
        while (_order.TryPeek(out var oldest) && now - oldest.At >= Window)
        {
            _order.Dequeue();
            _seen.Remove(oldest.MessageId);
        }
    }
}
