namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Functions of arrays.</summary>
internal static class ArrayFunctions
{
    public static readonly IReadOnlyList<SqlFunction> All =
    [
        new("ARRAY_LENGTH", 1, 1, a => a[0].Type == SqlType.Array ? SqlValue.Of(a[0].Count) : SqlValue.Undefined),
        new("ARRAY_CONTAINS", 2, 3, a => a[0].Type == SqlType.Array && a[1].IsDefined
            ? SqlValue.Of(a[0].Elements().Any(e => a.Count == 3 && a[2].IsTrue ? IsPartOf(a[1], e) : SqlOrder.AreEqual(e, a[1])))
            : SqlValue.Undefined),
    ];

    /// <summary>Whether all members of one object are in the other; other types must be equal.</summary>
    private static bool IsPartOf(SqlValue part, SqlValue whole) => part.Type == SqlType.Object && whole.Type == SqlType.Object
        ? part.Members().All(m => whole.Member(m.Key) is { IsDefined: true } other && IsPartOf(m.Value, other))
        : SqlOrder.AreEqual(part, whole);
}
