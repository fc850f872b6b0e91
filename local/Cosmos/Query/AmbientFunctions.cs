namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// Functions without arguments: the time and chance ("Date and time functions", "RAND"). All of a run goes by one time, so that those
/// with and without <c>Static</c> in their names give the same.
/// </summary>
internal static class AmbientFunctions
{
    public static readonly IReadOnlyDictionary<string, Func<SqlRun, SqlValue>> ByName = new Dictionary<string, Func<SqlRun, SqlValue>>(StringComparer.OrdinalIgnoreCase)
    {
        ["GETCURRENTDATETIME"] = DateTime,
        ["GETCURRENTDATETIMESTATIC"] = DateTime,
        ["GETCURRENTTICKS"] = Ticks,
        ["GETCURRENTTICKSSTATIC"] = Ticks,
        ["GETCURRENTTIMESTAMP"] = Timestamp,
        ["GETCURRENTTIMESTAMPSTATIC"] = Timestamp,
        ["RAND"] = run => SqlValue.Of(run.Random.NextDouble()),
    };

    private static SqlValue DateTime(SqlRun run) => SqlDateTime.ToValue(run.Now.UtcTicks);

    private static SqlValue Ticks(SqlRun run) => SqlValue.Of(run.Now.UtcTicks - SqlDateTime.Epoch);

    private static SqlValue Timestamp(SqlRun run) => SqlValue.Of(run.Now.ToUnixTimeMilliseconds());
}
