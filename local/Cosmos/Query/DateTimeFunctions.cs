namespace EventFunctions.Local.Cosmos.Query;

/// <summary>What is reckoned with dates and times ("Date and time functions").</summary>
internal static class DateTimeFunctions
{
    private const int NanosecondsPerTick = 100;
    private const int MonthsPerYear = 12;

    /// <summary>More months than the calendar has.</summary>
    private const double MostMonths = 120_000;

    public static readonly IReadOnlyList<SqlFunction> All =
    [
        new("DATETIMEADD", 3, 3, a => SqlDateTimeParts.Find(a[0]) is { } part && a[1] is { Type: SqlType.Number } number && IsWhole(number) && SqlDateTime.TicksOf(a[2]) is { } ticks
            ? Add(part, number.Number, ticks)
            : SqlValue.Undefined),
        new("DATETIMEDIFF", 3, 3, a => SqlDateTimeParts.Find(a[0]) is { } part && SqlDateTime.TicksOf(a[1]) is { } start && SqlDateTime.TicksOf(a[2]) is { } end
            ? SqlValue.Of((double)(Since(0, end, part) - Since(0, start, part)))
            : SqlValue.Undefined),
        new("DATETIMEPART", 2, 2, a => SqlDateTimeParts.Find(a[0]) is { } part && SqlDateTime.TicksOf(a[1]) is { } ticks
            ? SqlValue.Of(PartOf(new DateTime(ticks, DateTimeKind.Utc), part))
            : SqlValue.Undefined),
        new("DATETIMEBIN", 2, 4, Bin),
        PartFunction("YEAR", SqlDateTimePart.Year),
        PartFunction("MONTH", SqlDateTimePart.Month),
        PartFunction("DAY", SqlDateTimePart.Day),
    ];

    private static SqlFunction PartFunction(string name, SqlDateTimePart part) => new(
        name, 1, 1, a => SqlDateTime.TicksOf(a[0]) is { } ticks ? SqlValue.Of(PartOf(new DateTime(ticks, DateTimeKind.Utc), part)) : SqlValue.Undefined);

    private static SqlValue Add(SqlDateTimePart part, double number, long ticks)
    {
        if (part is not (SqlDateTimePart.Year or SqlDateTimePart.Month))
        {
            return SqlDateTime.ToValue(ticks + ((Int128)number * SqlDateTimeParts.NanosecondsOf(part) / NanosecondsPerTick));
        }

        var months = part == SqlDateTimePart.Year ? number * MonthsPerYear : number;
        var time = new DateTime(ticks, DateTimeKind.Utc);
        var month = (time.Year * MonthsPerYear) + time.Month - 1 + months;
        return Math.Abs(months) <= MostMonths && month >= MonthsPerYear && month < (DateTime.MaxValue.Year + 1) * MonthsPerYear
            ? SqlDateTime.ToValue(time.AddMonths((int)months).Ticks)
            : SqlValue.Undefined;
    }

    /// <summary>The beginning of the bin, of so many parts and counted from an origin, that a time lies in.</summary>
    private static SqlValue Bin(IReadOnlyList<SqlValue> a)
    {
        var size = a.Count > 2 ? a[2] : SqlValue.Of(1);
        var from = a.Count > 3 ? SqlDateTime.TicksOf(a[3]) : SqlDateTime.Epoch;
        if (SqlDateTime.TicksOf(a[0]) is not { } ticks || SqlDateTimeParts.Find(a[1]) is not { } part || from is not { } origin
            || size.Type != SqlType.Number || !IsWhole(size) || size.Number < 1)
        {
            return SqlValue.Undefined;
        }

        var bins = Math.Floor((double)Since(origin, ticks, part) / size.Number);
        return Add(part, bins * size.Number, origin);
    }

    /// <summary>How many boundaries of a part lie between an origin and a time.</summary>
    private static Int128 Since(long origin, long ticks, SqlDateTimePart part)
    {
        if (part is SqlDateTimePart.Year or SqlDateTimePart.Month)
        {
            var months = MonthOf(ticks) - MonthOf(origin);
            return part == SqlDateTimePart.Month ? months : new DateTime(ticks, DateTimeKind.Utc).Year - new DateTime(origin, DateTimeKind.Utc).Year;
        }

        var nanoseconds = ((Int128)ticks - origin) * NanosecondsPerTick;
        var length = SqlDateTimeParts.NanosecondsOf(part);
        return nanoseconds >= 0 ? nanoseconds / length : -((-nanoseconds + length - 1) / length);
    }

    private static int MonthOf(long ticks)
    {
        var time = new DateTime(ticks, DateTimeKind.Utc);
        return (time.Year * MonthsPerYear) + time.Month;
    }

    private static double PartOf(DateTime time, SqlDateTimePart part) => part switch
    {
        SqlDateTimePart.Year => time.Year,
        SqlDateTimePart.Month => time.Month,
        SqlDateTimePart.Day => time.Day,
        SqlDateTimePart.Hour => time.Hour,
        SqlDateTimePart.Minute => time.Minute,
        SqlDateTimePart.Second => time.Second,
        SqlDateTimePart.Millisecond => time.Millisecond,
        SqlDateTimePart.Microsecond => time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond,
        SqlDateTimePart.Nanosecond => time.Ticks % TimeSpan.TicksPerSecond * NanosecondsPerTick,
        _ => throw new InvalidOperationException($"Unknown part {part}."),
    };

    private static bool IsWhole(SqlValue number) => number.Number == Math.Floor(number.Number) && Math.Abs(number.Number) < long.MaxValue;
}
