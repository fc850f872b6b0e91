namespace EventFunctions.EventSourcing.Testing;

/// <summary>The ways in which messages arrive from a bus that delivers at least once and promises no order.</summary>
public static class Deliveries
{
    /// <summary>Each message so many times, all copies in any order. The same seed gives the same order.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="copies">How often each is delivered, 1 or more.</param>
    /// <param name="random">Shuffles.</param>
    /// <exception cref="ArgumentOutOfRangeException">No message would be delivered.</exception>
    public static IReadOnlyList<T> Shuffled<T>(IEnumerable<T> messages, int copies, Random random)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        var deliveries = messages.SelectMany(message => Enumerable.Repeat(message, copies)).ToArray();
        random.Shuffle(deliveries);
        return deliveries;
    }
}
