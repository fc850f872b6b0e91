namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Functions of arrays taken as sets ("Array functions", SET…): no element is in a result twice.</summary>
internal static class SetFunctions
{
    public static readonly IReadOnlyList<SqlFunction> All =
    [
        // In the order of the second array, as the page has it.
        Of("SETINTERSECT", (left, right) => right.Where(v => left.Contains(v.Key))),
        Of("SETUNION", (left, right) => left.Concat(right)),
        Of("SETDIFFERENCE", (left, right) => left.Where(v => !right.Contains(v.Key))),
        new("SETEQUAL", 2, 2, a => a.All(IsArray)
            ? SqlValue.Of(a[0].Elements().Select(SqlCanonicalText.Of).ToHashSet(StringComparer.Ordinal).SetEquals(a[1].Elements().Select(SqlCanonicalText.Of)))
            : SqlValue.Undefined),
    ];

    private static SqlFunction Of(string name, Func<Elements, Elements, IEnumerable<KeyValuePair<string, SqlValue>>> combine) => new(
        name, 2, 2, a => a.All(IsArray)
            ? SqlValue.Of([.. combine(new Elements(a[0]), new Elements(a[1])).DistinctBy(v => v.Key, StringComparer.Ordinal).Select(v => v.Value)])
            : SqlValue.Undefined);

    private static bool IsArray(SqlValue value) => value.Type == SqlType.Array;

    /// <summary>An array's elements with the texts by which they are equal.</summary>
    private sealed class Elements(SqlValue array) : List<KeyValuePair<string, SqlValue>>(array.Elements().Select(e => KeyValuePair.Create(SqlCanonicalText.Of(e), e)))
    {
        private readonly HashSet<string> _keys = new(array.Elements().Select(SqlCanonicalText.Of), StringComparer.Ordinal);

        public bool Contains(string key) => _keys.Contains(key);
    }
}
