namespace EventFunctions.Local.Cosmos.Query;

/// <summary>The operators between two values.</summary>
internal static class SqlOperators
{
    public static SqlValue Apply(string symbol, SqlValue left, SqlValue right)
    {
        if (!left.IsDefined || !right.IsDefined)
        {
            return SqlValue.Undefined;
        }

        return symbol switch
        {
            "=" => SqlValue.Of(SqlOrder.AreEqual(left, right)),
            "!=" or "<>" => SqlValue.Of(!SqlOrder.AreEqual(left, right)),
            "<" or "<=" or ">" or ">=" => SqlOrder.CompareWithinType(left, right) is { } order ? SqlValue.Of(Holds(symbol, order)) : SqlValue.Undefined,
            "||" => left.Type == SqlType.String && right.Type == SqlType.String ? StringFunctions.Concatenate(left.Text, right.Text) : SqlValue.Undefined,
            _ => left.Type == SqlType.Number && right.Type == SqlType.Number ? SqlValue.Of(Calculate(symbol, left.Number, right.Number)) : SqlValue.Undefined,
        };
    }

    private static bool Holds(string symbol, int order) => symbol switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private static double Calculate(string symbol, double left, double right) => symbol switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => left / right,
        "%" => left % right,
        _ => SqlBits.Apply(symbol, left, right),
    };
}
