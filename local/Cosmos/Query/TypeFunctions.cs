namespace EventFunctions.Local.Cosmos.Query;

/// <summary>What type a value has ("Type checking functions").</summary>
internal static class TypeFunctions
{
    /// <summary>2⁶³, as far as a whole number may lie from zero to count as an integer.</summary>
    private const double LargestInteger = 9223372036854775808;

    public static readonly IReadOnlyList<SqlFunction> All =
    [
        Test("IS_DEFINED", v => v.IsDefined),
        Test("IS_NULL", v => v.Type == SqlType.Null),
        Test("IS_BOOL", v => v.Type == SqlType.Boolean),
        Test("IS_NUMBER", v => v.Type == SqlType.Number),
        // What is not finite is no value here to begin with.
        Test("IS_FINITE_NUMBER", v => v.Type == SqlType.Number),
        Test("IS_STRING", v => v.Type == SqlType.String),
        Test("IS_ARRAY", v => v.Type == SqlType.Array),
        Test("IS_OBJECT", v => v.Type == SqlType.Object),
        Test("IS_PRIMITIVE", v => v.Type is SqlType.Null or SqlType.Boolean or SqlType.Number or SqlType.String),
        Test("IS_INTEGER", v => v.Type == SqlType.Number && v.Number == Math.Floor(v.Number) && Math.Abs(v.Number) <= LargestInteger),
        Test("IS_DATETIME", v => SqlDateTime.TicksOf(v) is not null),
    ];

    private static SqlFunction Test(string name, Func<SqlValue, bool> test) => new(name, 1, 1, a => SqlValue.Of(test(a[0])));
}
