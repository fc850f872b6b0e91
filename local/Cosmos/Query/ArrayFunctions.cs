namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Functions of arrays ("Array functions").</summary>
internal static class ArrayFunctions
{
    public static readonly IReadOnlyList<SqlFunction> All =
    [
        new("ARRAY_LENGTH", 1, 1, a => IsArray(a[0]) ? SqlValue.Of(a[0].Count) : SqlValue.Undefined),
        new("ARRAY_CONTAINS", 2, 3, a => IsArray(a[0]) && a[1].IsDefined
            ? SqlValue.Of(a[0].Elements().Any(e => a.Count == 3 && a[2].IsTrue ? IsPartOf(a[1], e) : SqlOrder.AreEqual(e, a[1])))
            : SqlValue.Undefined),
        new("ARRAY_CONTAINS_ANY", 2, SqlFunction.AnyNumber, a => IsArray(a[0]) ? SqlValue.Of(a.Skip(1).Any(v => Has(a[0], v))) : SqlValue.Undefined),
        new("ARRAY_CONTAINS_ALL", 2, SqlFunction.AnyNumber, a => IsArray(a[0]) ? SqlValue.Of(a.Skip(1).All(v => Has(a[0], v))) : SqlValue.Undefined),
        new("ARRAY_CONCAT", 2, SqlFunction.AnyNumber, a => a.All(IsArray) ? SqlValue.Of([.. a.SelectMany(v => v.Elements())]) : SqlValue.Undefined),
        new("ARRAY_SLICE", 2, 3, Slice),
        new("CHOOSE", 2, SqlFunction.AnyNumber, a => a[0].Type == SqlType.Number && a[0].Number >= 1 && a[0].Number < a.Count && a[0].Number == Math.Floor(a[0].Number)
            ? a[(int)a[0].Number]
            : SqlValue.Undefined),
        Statistic("ARRAY_SUM", n => n.Sum()),
        Statistic("ARRAY_AVG", n => n.Count > 0 ? n.Average() : double.NaN),
        Statistic("ARRAY_MEDIAN", Median),
        Extreme("ARRAY_MIN", order => order < 0),
        Extreme("ARRAY_MAX", order => order > 0),
    ];

    /// <summary>Counts from the end where the start is negative; goes no further than the array does.</summary>
    private static SqlValue Slice(IReadOnlyList<SqlValue> a)
    {
        var length = a.Count == 3 ? a[2] : SqlValue.Of(int.MaxValue);
        if (!IsArray(a[0]) || a[1].Type != SqlType.Number || length.Type != SqlType.Number)
        {
            return SqlValue.Undefined;
        }

        var start = Math.Max(0, a[1].Number < 0 ? a[0].Count + a[1].Number : a[1].Number);
        var (skip, take) = ((int)Math.Min(start, a[0].Count), (int)Math.Clamp(length.Number, 0, a[0].Count));
        return SqlValue.Of([.. a[0].Elements().Skip(skip).Take(take)]);
    }

    /// <summary>Whether all members of one object are in the other; other types must be equal.</summary>
    private static bool IsPartOf(SqlValue part, SqlValue whole) => part.Type == SqlType.Object && whole.Type == SqlType.Object
        ? part.Members().All(m => whole.Member(m.Key) is { IsDefined: true } other && IsPartOf(m.Value, other))
        : SqlOrder.AreEqual(part, whole);

    private static SqlFunction Statistic(string name, Func<IReadOnlyList<double>, double> of) => new(
        name, 1, 1, a => IsArray(a[0]) && a[0].Elements().All(e => e.Type == SqlType.Number) ? SqlValue.Of(of([.. a[0].Elements().Select(e => e.Number)])) : SqlValue.Undefined);

    private static SqlFunction Extreme(string name, Func<int, bool> isBetter) => new(name, 1, 1, a => IsArray(a[0])
        ? a[0].Elements().Aggregate(SqlValue.Undefined, (best, e) => !best.IsDefined || isBetter(SqlOrder.Compare(e, best)) ? e : best)
        : SqlValue.Undefined);

    private static double Median(IReadOnlyList<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length == 0 ? double.NaN : sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static bool Has(SqlValue array, SqlValue value) => value.IsDefined && array.Elements().Any(e => SqlOrder.AreEqual(e, value));

    private static bool IsArray(SqlValue value) => value.Type == SqlType.Array;
}
