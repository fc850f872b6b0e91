using System.Globalization;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Date and time as queries have them: ISO 8601 text in UTC, to a ten-millionth of a second ("Date and time functions").</summary>
internal static class SqlDateTime
{
    /// <summary>The beginning of 1970, in ticks of .NET.</summary>
    public static readonly long Epoch = DateTime.UnixEpoch.Ticks;

    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffffffZ";

    private static readonly string[] Formats = ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd"];

    /// <summary>The ticks of a text; <see langword="null"/> where it is no such text.</summary>
    public static long? TicksOf(SqlValue value) =>
        value.Type == SqlType.String
        && DateTime.TryParseExact(value.Text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed)
            ? parsed.Ticks
            : null;

    /// <summary>The text of ticks; undefined beyond the years 1 to 9999.</summary>
    public static SqlValue ToValue(Int128 ticks) => ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
        ? SqlValue.Of(new DateTime((long)ticks, DateTimeKind.Utc).ToString(Format, CultureInfo.InvariantCulture))
        : SqlValue.Undefined;
}

/// <summary>A part of a date and time, by any of its names ("DateTimePart").</summary>
internal static class SqlDateTimeParts
{
    private static readonly Dictionary<string, SqlDateTimePart> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["year"] = SqlDateTimePart.Year,
        ["yyyy"] = SqlDateTimePart.Year,
        ["yy"] = SqlDateTimePart.Year,
        ["month"] = SqlDateTimePart.Month,
        ["mm"] = SqlDateTimePart.Month,
        ["m"] = SqlDateTimePart.Month,
        ["day"] = SqlDateTimePart.Day,
        ["dd"] = SqlDateTimePart.Day,
        ["d"] = SqlDateTimePart.Day,
        ["hour"] = SqlDateTimePart.Hour,
        ["hh"] = SqlDateTimePart.Hour,
        ["minute"] = SqlDateTimePart.Minute,
        ["mi"] = SqlDateTimePart.Minute,
        ["n"] = SqlDateTimePart.Minute,
        ["second"] = SqlDateTimePart.Second,
        ["ss"] = SqlDateTimePart.Second,
        ["s"] = SqlDateTimePart.Second,
        ["millisecond"] = SqlDateTimePart.Millisecond,
        ["ms"] = SqlDateTimePart.Millisecond,
        ["microsecond"] = SqlDateTimePart.Microsecond,
        ["mcs"] = SqlDateTimePart.Microsecond,
        ["nanosecond"] = SqlDateTimePart.Nanosecond,
        ["ns"] = SqlDateTimePart.Nanosecond,
    };

    public static SqlDateTimePart? Find(SqlValue name) => name.Type == SqlType.String && ByName.TryGetValue(name.Text, out var part) ? part : null;

    /// <summary>How many nanoseconds a part of fixed length has; a year and a month have none.</summary>
    public static long NanosecondsOf(SqlDateTimePart part) => part switch
    {
        SqlDateTimePart.Day => 86_400_000_000_000,
        SqlDateTimePart.Hour => 3_600_000_000_000,
        SqlDateTimePart.Minute => 60_000_000_000,
        SqlDateTimePart.Second => 1_000_000_000,
        SqlDateTimePart.Millisecond => 1_000_000,
        SqlDateTimePart.Microsecond => 1_000,
        SqlDateTimePart.Nanosecond => 1,
        _ => throw new InvalidOperationException($"{part} has no fixed length."),
    };
}

/// <summary>The parts.</summary>
internal enum SqlDateTimePart
{
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
    Nanosecond,
}
