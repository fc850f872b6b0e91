namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Functions of numbers.</summary>
internal static class MathFunctions
{
    public static readonly IReadOnlyList<SqlFunction> All =
    [
        Of("ABS", Math.Abs),
        Of("CEILING", Math.Ceiling),
        Of("FLOOR", Math.Floor),
        Of("ROUND", x => Math.Round(x, MidpointRounding.AwayFromZero)),
        Of("TRUNC", Math.Truncate),
        Of("SQRT", Math.Sqrt),
        Of("SQUARE", x => x * x),
        Of("SIGN", x => Math.Sign(x)),
        Of("EXP", Math.Exp),
        Of("LOG10", Math.Log10),
        new("POWER", 2, 2, a => a.All(v => v.Type == SqlType.Number) ? SqlValue.Of(Math.Pow(a[0].Number, a[1].Number)) : SqlValue.Undefined),
    ];

    private static SqlFunction Of(string name, Func<double, double> map) =>
        new(name, 1, 1, a => a[0].Type == SqlType.Number ? SqlValue.Of(map(a[0].Number)) : SqlValue.Undefined);
}
