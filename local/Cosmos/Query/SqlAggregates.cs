namespace EventFunctions.Local.Cosmos.Query;

/// <summary>The aggregate functions: what they make of the values of all items. Undefined values don't count.</summary>
internal static class SqlAggregates
{
    private static readonly Dictionary<string, SqlAggregate> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["COUNT"] = SqlAggregate.Count,
        ["SUM"] = SqlAggregate.Sum,
        ["MIN"] = SqlAggregate.Min,
        ["MAX"] = SqlAggregate.Max,
        ["AVG"] = SqlAggregate.Average,
    };

    public static SqlAggregate? Find(string name) => ByName.TryGetValue(name, out var aggregate) ? aggregate : null;
}

/// <summary>One aggregate on its way through the items ("Aggregate functions").</summary>
internal sealed class SqlAccumulator(SqlAggregate kind)
{
    private long _count;
    private double _sum;
    private bool _allNumbers = true;
    private bool _allPrimitive = true;
    private SqlValue _extreme;

    public void Add(SqlValue value)
    {
        if (!value.IsDefined)
        {
            return;
        }

        _count++;
        if (kind is SqlAggregate.Sum or SqlAggregate.Average)
        {
            _allNumbers &= value.Type == SqlType.Number;
            _sum += value.Number;
        }
        else if (kind is SqlAggregate.Min or SqlAggregate.Max)
        {
            _allPrimitive &= value.Type is not (SqlType.Array or SqlType.Object);
            Keep(value);
        }
    }

    /// <summary>
    /// The result: sums and averages of anything but numbers are undefined, as are averages and extremes of nothing, and extremes among
    /// arrays and objects.
    /// </summary>
    public SqlValue Result => kind switch
    {
        SqlAggregate.Count => SqlValue.Of(_count),
        SqlAggregate.Sum => _allNumbers ? SqlValue.Of(_sum) : SqlValue.Undefined,
        SqlAggregate.Average => _allNumbers && _count > 0 ? SqlValue.Of(_sum / _count) : SqlValue.Undefined,
        _ => _allPrimitive ? _extreme : SqlValue.Undefined,
    };

    private void Keep(SqlValue value)
    {
        if (_count == 1 || (SqlOrder.Compare(value, _extreme) < 0) == (kind == SqlAggregate.Min))
        {
            _extreme = value.Detach();
        }
    }
}
