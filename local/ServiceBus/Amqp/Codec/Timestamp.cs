namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// Points in time as milliseconds since 1970 in UTC (AMQP 1.0, part 1, 1.6.17). What lies before the year 1 or after 9999 becomes the
/// first or last moment of those: no calendar here goes further.
/// </summary>
internal static class Timestamp
{
    private static readonly long First = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static DateTime ToDateTime(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, First, Last)).UtcDateTime;

    /// <summary>The milliseconds of a time; one of no kind is taken for UTC.</summary>
    public static long FromDateTime(DateTime time)
    {
        var utc = time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);
        return new DateTimeOffset(utc).ToUnixTimeMilliseconds();
    }
}
