namespace EventFunctions.EventSourcing;

/// <summary>A stream whose next event a projection cannot apply. Its view stands before that event until a retry succeeds.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Event">The first event that fails; those after it wait.</param>
/// <param name="Awaited">
/// The version of the newest event that was delivered and waits. Its message is gone, so the stall lasts until it is applied.
/// </param>
/// <param name="Error">Why it fails, at most <see cref="MaxErrorLength"/> characters.</param>
/// <param name="FirstSeen">Since when the stream has stalled, at this event or one before it, UTC.</param>
/// <param name="LastSeen">When the event failed last, UTC.</param>
/// <param name="Attempts">How often the event failed: 1 or more.</param>
public sealed record StalledStream(
    string Projection,
    StreamName Stream,
    StalledEvent Event,
    long Awaited,
    string Error,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    int Attempts)
{
    /// <summary>What is kept of an error, in characters.</summary>
    public const int MaxErrorLength = 2000;

    /// <summary>A failure as it is seen for the first time.</summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="poison">The failure.</param>
    /// <param name="delivered">The version of the event that was delivered: that of the failing one, or a later one.</param>
    /// <param name="now">When, UTC.</param>
    public static StalledStream Of(string projection, PoisonEventException poison, long delivered, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(poison);
        var error = (poison.InnerException ?? poison).Message;
        return new StalledStream(
            projection,
            poison.Stream,
            poison.At,
            Math.Max(delivered, poison.At.Version),
            error[..Math.Min(error.Length, MaxErrorLength)],
            now,
            now,
            Attempts: 1);
    }

    /// <summary>
    /// What is recorded when this failure is seen after another: the same event goes on counting; another begins to count anew,
    /// because the stream has moved. What waits goes on waiting, and since when it does stays.
    /// </summary>
    /// <param name="recorded">What is recorded so far, if anything.</param>
    public StalledStream After(StalledStream? recorded)
    {
        if (recorded is null)
        {
            return this;
        }

        var going = this with
        {
            Awaited = Math.Max(Awaited, recorded.Awaited),
            FirstSeen = recorded.FirstSeen < FirstSeen ? recorded.FirstSeen : FirstSeen,
            LastSeen = recorded.LastSeen > LastSeen ? recorded.LastSeen : LastSeen,
        };
        return recorded.Event.Version != Event.Version
            ? going
            : going with
            {
                Event = new StalledEvent(Event.Version, Event.Type ?? recorded.Event.Type, Event.EventId ?? recorded.Event.EventId),
                Attempts = recorded.Attempts + Attempts,
            };
    }
}

/// <summary>Which event a stream has stalled at.</summary>
/// <param name="Version">Its version in the stream.</param>
/// <param name="Type">The stored name of its type; <see langword="null"/> where the event could not be read.</param>
/// <param name="EventId">Its id; <see langword="null"/> where the event could not be read.</param>
public sealed record StalledEvent(long Version, string? Type, Guid? EventId)
{
    /// <summary>An event that could be read.</summary>
    public static StalledEvent Of(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return new StalledEvent(envelope.Version, envelope.Type, envelope.EventId);
    }
}
