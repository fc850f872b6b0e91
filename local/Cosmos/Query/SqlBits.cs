namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// The bitwise operators ("Bitwise operators"): they work on 32 bits, as JavaScript's do. A number with a fraction, or one that needs
/// more bits than a double has, is cut to them in JavaScript's way (ECMA-262, ToInt32).
/// </summary>
internal static class SqlBits
{
    private const double Range = 4294967296;

    public static SqlValue Complement(SqlValue value) => value.Type == SqlType.Number ? SqlValue.Of(~ToInt32(value.Number)) : SqlValue.Undefined;

    public static double Apply(string symbol, double left, double right)
    {
        var (bits, others) = (ToInt32(left), ToInt32(right));
        return symbol switch
        {
            "&" => bits & others,
            "|" => bits | others,
            "^" => bits ^ others,
            "<<" => bits << others,
            ">>" => bits >> others,
            ">>>" => (uint)bits >>> others,
            _ => throw new InvalidOperationException($"Unknown operator {symbol}."),
        };
    }

    private static int ToInt32(double number) => unchecked((int)(long)(Math.Truncate(number) % Range));
}
