namespace EventFunctions.EventSourcing;

/// <summary>Which page of a sequence of events is wanted.</summary>
public sealed record EventPageRequest
{
    /// <summary>Asks for a page.</summary>
    /// <param name="size">How many events at most: 1 to <see cref="EventPage.MaxSize"/>.</param>
    /// <param name="continuation">The page before's, or <see langword="null"/> to begin.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of its range.</exception>
    public EventPageRequest(int size, string? continuation = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, EventPage.MaxSize);
        Size = size;
        Continuation = continuation;
    }

    /// <summary>How many events at most.</summary>
    public int Size { get; }

    /// <summary>
    /// The page before's, or <see langword="null"/> to begin. It belongs to the question it was answered to: another
    /// question refuses it.
    /// </summary>
    public string? Continuation { get; }
}
