using EventFunctions.EventSourcing;

namespace EventFunctions.Publishing.Parked;

/// <summary>How a retry of a parked event ended.</summary>
public abstract record ParkedRetryResult
{
    private ParkedRetryResult()
    {
    }

    /// <summary>It is published, and so are those of its stream that were parked before it.</summary>
    /// <param name="Events">How many.</param>
    public sealed record Published(int Events) : ParkedRetryResult;

    /// <summary>It, or one before it, still cannot be published; the reason is updated.</summary>
    /// <param name="Event">Which one and why.</param>
    /// <param name="Events">How many before that one were published.</param>
    public sealed record StillParked(ParkedEvent Event, int Events) : ParkedRetryResult;

    /// <summary>Somebody has decided that it is never to be published.</summary>
    /// <param name="Decision">Who, why and when.</param>
    public sealed record Discarded(Discard Decision) : ParkedRetryResult;

    /// <summary>It is not parked, or not any more.</summary>
    public sealed record NotParked : ParkedRetryResult;
}
