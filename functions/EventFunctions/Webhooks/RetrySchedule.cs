namespace EventFunctions.Webhooks;

/// <summary>When a delivery that failed is tried again: after seconds, in case of a hiccup, up to a day, in case of a lost night.</summary>
public static class RetrySchedule
{
    /// <summary>The delays after the first attempt, the second, and so on; together a day but for a few minutes.</summary>
    public static IReadOnlyList<TimeSpan> Delays { get; } =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(15),
    ];

    /// <summary>The delay after an attempt, or <see langword="null"/> after the last.</summary>
    /// <param name="made">How many attempts were made, 1 or more.</param>
    public static TimeSpan? DelayAfter(int made)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(made, 1);
        return made <= Delays.Count ? Delays[made - 1] : null;
    }
}
