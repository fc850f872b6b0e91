namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Reads ORDER BY, and what counts rows: TOP, OFFSET and LIMIT.</summary>
internal sealed class SqlOrderParser(SqlTokens tokens, SqlExpressionParser expressions)
{
    /// <summary>Reads ORDER BY, if it is there.</summary>
    public List<SqlSort> ReadOrderBy()
    {
        var columns = new List<SqlSort>();
        if (!tokens.TryTakeWord("ORDER"))
        {
            return columns;
        }

        tokens.ExpectWord("BY");
        if (tokens.Current.IsWord("RANK"))
        {
            throw SqlSyntaxException.NotSupported("ORDER BY RANK", tokens.Current.Start);
        }

        do
        {
            var start = tokens.Current.Start;
            var column = expressions.ReadClause();
            if (column.Expression is not SqlExpression.Member)
            {
                throw SqlSyntaxException.NotSupported("ORDER BY of anything but a property", start);
            }

            var descending = tokens.TryTakeWord("DESC");
            if (!descending)
            {
                tokens.TryTakeWord("ASC");
            }

            columns.Add(new SqlSort(column, descending));
        }
        while (tokens.TryTakeSymbol(","));

        return columns;
    }

    /// <summary>Reads OFFSET and LIMIT, if they are there.</summary>
    public (long Offset, long? Limit) ReadOffset()
    {
        if (!tokens.TryTakeWord("OFFSET"))
        {
            return (0, null);
        }

        var offset = ReadCount("OFFSET");
        tokens.ExpectWord("LIMIT");
        return (offset, ReadCount("LIMIT"));
    }

    /// <summary>Reads a number of rows.</summary>
    public long ReadCount(string clause)
    {
        var start = tokens.Current.Start;
        var value = expressions.Primaries.ReadLiteral();
        return value is { Type: SqlType.Number, Number: >= 0 and <= int.MaxValue } && value.Number == Math.Floor(value.Number)
            ? (long)value.Number
            : throw new SqlSyntaxException($"{clause} must be a whole number from 0 to {int.MaxValue}", start);
    }
}
