using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>What one condition says of the keys of one expression, where it compares it with given values.</summary>
internal static class IndexConditions
{
    /// <summary>The expression, and ranges that the keys of all values which meet the condition lie in; nothing for any other condition.</summary>
    public static (SqlExpression Of, IReadOnlyList<IndexRange> Ranges)? Of(SqlExpression condition) => condition switch
    {
        SqlExpression.Binary(var op, var left, var right) when ValueOf(right) is { } value => Compared(op, value) is { } range ? (left, [range]) : null,
        SqlExpression.Binary(var op, var left, var right) when ValueOf(left) is { } value => Compared(Turned(op), value) is { } range ? (right, [range]) : null,
        SqlExpression.Between(var of, var low, var high)
            when ValueOf(low) is { } least && ValueOf(high) is { } most && Compared(">=", least) is { } above && Compared("<=", most) is { } below =>
            (of, IndexRanges.Intersect([above], [below])),
        SqlExpression.In(var of, var values) when Points(values.Select(ValueOf)) is { } points => (of, points),
        SqlExpression.Call({ Name: "STARTSWITH" }, var given) when ComparedText(given) is { } prefix => (given[0], [IndexRanges.StartingWith(prefix)]),
        SqlExpression.Call({ Name: "STRINGEQUALS" }, var given) when ComparedText(given) is { } text => (given[0], [IndexRange.At(IndexKey.Of(text))]),
        SqlExpression.Call({ Name: "ARRAY_CONTAINS" }, [SqlExpression.Literal({ Type: SqlType.Array } list), var of]) when Points(list.Elements().Select(v => (SqlValue?)v)) is { } points => (of, points),
        SqlExpression.Call({ Name: "ARRAY_CONTAINS" }, [SqlExpression.ArrayOf(var list), var of]) when Points(list.Select(ValueOf)) is { } points => (of, points),
        _ => null,
    };

    private static IndexRange? Compared(string op, SqlValue value) => op switch
    {
        "=" => KeyOf(value) is { } key ? IndexRange.At(key) : null,
        ">" or ">=" => KeyOf(value) is { } key && IndexRanges.Within(key.Type) is { } all ? new IndexRange(key, all.High) : null,
        "<" or "<=" => KeyOf(value) is { } key && IndexRanges.Within(key.Type) is { } all ? new IndexRange(all.Low, key) : null,
        _ => null,
    };

    private static string Turned(string op) => op switch { ">" => "<", ">=" => "<=", "<" => ">", "<=" => ">=", _ => op };

    /// <summary>The value of an expression that has the same for every item.</summary>
    private static SqlValue? ValueOf(SqlExpression expression) => expression switch
    {
        SqlExpression.Literal(var value) => value,
        SqlExpression.Negate(SqlExpression.Literal({ Type: SqlType.Number } number)) => SqlValue.Of(-number.Number),
        _ => null,
    };

    private static IReadOnlyList<IndexRange>? Points(IEnumerable<SqlValue?> values)
    {
        var keys = values.Select(v => v is { } value ? KeyOf(value) : null).ToList();
        return keys.TrueForAll(k => k is not null) ? IndexRanges.Union(keys.Select(k => IndexRange.At(k!.Value))) : null;
    }

    /// <summary>A key that all equal values have; nothing for undefined, which nothing equals, and arrays and objects, of which an index knows no more.</summary>
    private static IndexKey? KeyOf(SqlValue value) => value.Type switch
    {
        SqlType.Null => IndexKey.Of(IndexKeyType.Null),
        SqlType.Boolean => IndexKey.Of(value.IsTrue),
        SqlType.Number => IndexKey.Of(value.Number),
        SqlType.String => IndexKey.Of(value.Text),
        _ => null,
    };

    /// <summary>The text that a function compares its first argument with, unless it ignores case.</summary>
    private static string? ComparedText(IReadOnlyList<SqlExpression> arguments) =>
        arguments[1] is SqlExpression.Literal({ Type: SqlType.String } text) && (arguments.Count == 2 || arguments[2] is SqlExpression.Literal { Value.IsFalse: true }) ? text.Text : null;
}
