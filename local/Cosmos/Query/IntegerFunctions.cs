namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Functions of whole numbers of 64 bits ("Mathematical functions", INT…); of any others they are undefined.</summary>
internal static class IntegerFunctions
{
    private const double Limit = 9223372036854775808;
    private const int Bits = 64;

    public static readonly IReadOnlyList<SqlFunction> All =
    [
        Of("INTADD", (x, y) => unchecked(x + y)),
        Of("INTSUB", (x, y) => unchecked(x - y)),
        Of("INTMUL", (x, y) => unchecked(x * y)),
        // long.MinValue / -1 is the one quotient that 64 bits do not hold; it wraps like the other functions do.
        Of("INTDIV", (x, y) => y == 0 ? null : y == -1 ? unchecked(-x) : x / y),
        Of("INTMOD", (x, y) => y == 0 ? null : y == -1 ? 0 : x % y),
        Of("INTBITAND", (x, y) => x & y),
        Of("INTBITOR", (x, y) => x | y),
        Of("INTBITXOR", (x, y) => x ^ y),
        Of("INTBITLEFTSHIFT", (x, y) => y is >= 0 and < Bits ? x << (int)y : null),
        Of("INTBITRIGHTSHIFT", (x, y) => y is >= 0 and < Bits ? x >> (int)y : null),
        new("INTBITNOT", 1, 1, a => IntegerOf(a[0]) is { } x ? SqlValue.Of(~x) : SqlValue.Undefined),
    ];

    private static SqlFunction Of(string name, Func<long, long, long?> map) => new(
        name, 2, 2, a => IntegerOf(a[0]) is { } x && IntegerOf(a[1]) is { } y && map(x, y) is { } result ? SqlValue.Of(result) : SqlValue.Undefined);

    private static long? IntegerOf(SqlValue value) =>
        value.Type == SqlType.Number && value.Number == Math.Floor(value.Number) && value.Number is >= -Limit and < Limit ? (long)value.Number : null;
}
