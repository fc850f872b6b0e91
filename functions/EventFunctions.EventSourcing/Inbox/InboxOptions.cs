namespace EventFunctions.EventSourcing;

/// <summary>How long an inbox holds and remembers. A value out of its range throws when it is set.</summary>
public sealed record InboxOptions
{
    /// <summary>
    /// How long a claim holds: 1 second to 1 hour. Longer than a handler ever takes and than the clocks of two machines differ, or a
    /// message is handled twice at once; and not longer than a message comes back, or it runs out of deliveries while it waits.
    /// </summary>
    public TimeSpan Lease
    {
        get;
        init => field = Within(value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    }
    = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a handled message is remembered: 1 hour to 365 days, in whole seconds. As long as the message can come again:
    /// as it lives in its subscription, and then in the dead-letter queue until somebody sends it again.
    /// </summary>
    public TimeSpan TimeToLive
    {
        get;
        init => field = Within(value, TimeSpan.FromHours(1), TimeSpan.FromDays(365));
    }
    = TimeSpan.FromDays(14);

    private static TimeSpan Within(TimeSpan value, TimeSpan least, TimeSpan most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}
