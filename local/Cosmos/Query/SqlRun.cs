namespace EventFunctions.Local.Cosmos.Query;

/// <summary>One run of a query: the time it goes by, its chance, and how much it may still look at.</summary>
/// <param name="now">The time, for all of the run.</param>
/// <param name="random">What RAND draws from.</param>
/// <param name="mostRows">The most rows that the FROM clauses of the run may make.</param>
/// <param name="cancellationToken">Ends a run whose client has gone.</param>
internal sealed class SqlRun(DateTimeOffset now, Random random, long mostRows, CancellationToken cancellationToken)
{
    /// <summary>
    /// Rows enough for any query. Joins multiply: a few long arrays are more rows than anyone waits for, and the service gives up on such
    /// a query too, by time.
    /// </summary>
    public const long UsualMostRows = 20_000_000;

    private const long LookUpEvery = 4096;
    private long _rows;

    public DateTimeOffset Now => now;

    public Random Random => random;

    /// <summary>Counts a row.</summary>
    /// <exception cref="SqlSyntaxException">They are too many.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for them any more.</exception>
    public void CountRow()
    {
        if (++_rows % LookUpEvery == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (_rows > mostRows)
        {
            throw new SqlSyntaxException($"The JOINs and subqueries make more than {mostRows} rows", 0);
        }
    }
}
