namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Functions of numbers ("Mathematical functions"). What has no finite result is undefined.</summary>
internal static class MathFunctions
{
    /// <summary>How many decimals ROUND can keep: those of a double are no more.</summary>
    private const double MostDecimals = 15;

    public static readonly IReadOnlyList<SqlFunction> All =
    [
        Of("ABS", Math.Abs),
        Of("ACOS", Math.Acos),
        Of("ASIN", Math.Asin),
        Of("ATAN", Math.Atan),
        Of("ATN2", Math.Atan2),
        Of("CEILING", Math.Ceiling),
        Of("COS", Math.Cos),
        Of("COT", x => 1 / Math.Tan(x)),
        Of("DEGREES", x => x * (180 / Math.PI)),
        Of("EXP", Math.Exp),
        Of("FLOOR", Math.Floor),
        Of("LOG10", Math.Log10),
        Of("POWER", Math.Pow),
        Of("RADIANS", x => x * (Math.PI / 180)),
        Of("SIGN", x => Math.Sign(x)),
        Of("SIN", Math.Sin),
        Of("SQRT", Math.Sqrt),
        Of("SQUARE", x => x * x),
        Of("TAN", Math.Tan),
        Of("TRUNC", Math.Truncate),
        new("PI", 0, 0, _ => SqlValue.Of(Math.PI)),
        new("LOG", 1, 2, a => a.All(IsNumber) ? SqlValue.Of(a.Count == 1 ? Math.Log(a[0].Number) : LogTo(a[0].Number, a[1].Number)) : SqlValue.Undefined),
        new("ROUND", 1, 2, Round),
        new("NUMBERBIN", 1, 2, Bin),
    ];

    private static SqlValue Round(IReadOnlyList<SqlValue> a)
    {
        var decimals = a.Count == 2 ? a[1] : SqlValue.Of(0);
        return IsNumber(a[0]) && IsNumber(decimals) && decimals.Number is >= 0 and <= MostDecimals && decimals.Number == Math.Floor(decimals.Number)
            ? SqlValue.Of(Math.Round(a[0].Number, (int)decimals.Number, MidpointRounding.AwayFromZero))
            : SqlValue.Undefined;
    }

    /// <summary>The multiple of a size, 1 by default, at or below a number.</summary>
    private static SqlValue Bin(IReadOnlyList<SqlValue> a)
    {
        var size = a.Count == 2 ? a[1] : SqlValue.Of(1);
        return IsNumber(a[0]) && IsNumber(size) && size.Number != 0 ? SqlValue.Of(Math.Floor(a[0].Number / size.Number) * size.Number) : SqlValue.Undefined;
    }

    /// <summary>To the base of ten directly: by quotient the powers of ten would miss their whole numbers.</summary>
    private static double LogTo(double number, double @base) => @base == 10 ? Math.Log10(number) : Math.Log(number) / Math.Log(@base);

    private static SqlFunction Of(string name, Func<double, double> map) =>
        new(name, 1, 1, a => IsNumber(a[0]) ? SqlValue.Of(map(a[0].Number)) : SqlValue.Undefined);

    private static SqlFunction Of(string name, Func<double, double, double> map) =>
        new(name, 2, 2, a => a.All(IsNumber) ? SqlValue.Of(map(a[0].Number, a[1].Number)) : SqlValue.Undefined);

    private static bool IsNumber(SqlValue value) => value.Type == SqlType.Number;
}
