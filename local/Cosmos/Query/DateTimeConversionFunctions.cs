namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Dates and times as numbers and back: ticks are tenths of a microsecond, timestamps milliseconds, both since 1970.</summary>
internal static class DateTimeConversionFunctions
{
    public static readonly IReadOnlyList<SqlFunction> All =
    [
        new("DATETIMETOTICKS", 1, 1, a => SqlDateTime.TicksOf(a[0]) is { } ticks ? SqlValue.Of(ticks - SqlDateTime.Epoch) : SqlValue.Undefined),
        new("DATETIMETOTIMESTAMP", 1, 1, a => SqlDateTime.TicksOf(a[0]) is { } ticks
            ? SqlValue.Of(Math.Floor((ticks - SqlDateTime.Epoch) / (double)TimeSpan.TicksPerMillisecond))
            : SqlValue.Undefined),
        From("TICKSTODATETIME", 1),
        From("TIMESTAMPTODATETIME", TimeSpan.TicksPerMillisecond),
        new("DATETIMEFROMPARTS", 3, 7, FromParts),
    ];

    private static SqlFunction From(string name, long ticksPerUnit) => new(
        name, 1, 1, a => a[0].Type == SqlType.Number && Math.Abs(a[0].Number) < long.MaxValue
            ? SqlDateTime.ToValue(((Int128)Math.Truncate(a[0].Number) * ticksPerUnit) + SqlDateTime.Epoch)
            : SqlValue.Undefined);

    /// <summary>Year, month, day, and as many as are wanted of hour, minute, second and tenths of a microsecond.</summary>
    private static SqlValue FromParts(IReadOnlyList<SqlValue> a)
    {
        if (a.Any(v => v.Type != SqlType.Number || v.Number != Math.Floor(v.Number)))
        {
            return SqlValue.Undefined;
        }

        double At(int index) => index < a.Count ? a[index].Number : 0;
        var (year, month) = (At(0), At(1));
        if (year is < 1 or > 9999 || month is < 1 or > 12 || At(2) < 1 || At(2) > DateTime.DaysInMonth((int)year, (int)month)
            || At(3) is < 0 or > 23 || At(4) is < 0 or > 59 || At(5) is < 0 or > 59 || At(6) is < 0 or >= TimeSpan.TicksPerSecond)
        {
            return SqlValue.Undefined;
        }

        var time = new DateTime((int)year, (int)month, (int)At(2), (int)At(3), (int)At(4), (int)At(5), DateTimeKind.Utc);
        return SqlDateTime.ToValue(time.Ticks + (long)At(6));
    }
}
