namespace EventFunctions.Local.Cosmos.Query;

/// <summary>How values compare: the order of ORDER BY over all types, and the operators' comparison within one.</summary>
internal static class SqlOrder
{
    /// <summary>The total order: by type, then by value. Strings compare by code unit, as the client does when it merges ranges.</summary>
    public static int Compare(SqlValue left, SqlValue right) => (left.Type, right.Type) switch
    {
        (SqlType.Number or SqlType.Boolean, _) when left.Type == right.Type => left.Number.CompareTo(right.Number),
        (SqlType.String, SqlType.String) => string.CompareOrdinal(left.Text, right.Text),
        (SqlType.Array or SqlType.Object, _) when left.Type == right.Type => string.CompareOrdinal(SqlCanonicalText.Of(left), SqlCanonicalText.Of(right)),
        _ => left.Type.CompareTo(right.Type),
    };

    /// <summary>Compares several columns, each ascending or descending.</summary>
    public static int Compare(IReadOnlyList<SqlValue> left, IReadOnlyList<SqlValue> right, IReadOnlyList<bool> descending)
    {
        for (var i = 0; i < descending.Count; i++)
        {
            var order = Compare(left[i], right[i]);
            if (order != 0)
            {
                return descending[i] ? -order : order;
            }
        }

        return 0;
    }

    /// <summary>Whether two defined values are the same, members of objects in any order.</summary>
    public static bool AreEqual(SqlValue left, SqlValue right) => left.Type == right.Type && left.Type switch
    {
        SqlType.Null => true,
        SqlType.Boolean or SqlType.Number => left.Number == right.Number,
        SqlType.String => left.Text == right.Text,
        SqlType.Array => left.Count == right.Count && left.Elements().Zip(right.Elements()).All(p => AreEqual(p.First, p.Second)),
        SqlType.Object => HaveEqualMembers(left, right),
        _ => false,
    };

    /// <summary>The order of two values of one ordered type; <see langword="null"/> for any other two, which don't compare.</summary>
    public static int? CompareWithinType(SqlValue left, SqlValue right) =>
        left.Type == right.Type && left.Type is SqlType.Boolean or SqlType.Number or SqlType.String ? Compare(left, right) : null;

    private static bool HaveEqualMembers(SqlValue left, SqlValue right)
    {
        var members = left.Members().ToList();
        return members.Count == right.Members().Count() && members.TrueForAll(m => right.Member(m.Key) is { IsDefined: true } other && AreEqual(m.Value, other));
    }
}
