using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Functions of conditions and objects ("Conditional functions", "ObjectToArray", "DocumentId").</summary>
internal static class ItemFunctions
{
    public static readonly IReadOnlyList<SqlFunction> All =
    [
        new("IIF", 3, 3, a => a[0].IsTrue ? a[1] : a[2]),
        new("OBJECTTOARRAY", 1, 3, ToArray),
        new("DOCUMENTID", 1, 1, a => a[0].Member("_rid") is { Type: SqlType.String } rid && ResourceId.TryParseItem(rid.Text, out var number) ? SqlValue.Of(number) : SqlValue.Undefined),
    ];

    /// <summary>An object's members as an array of objects, each with its name and its value.</summary>
    private static SqlValue ToArray(IReadOnlyList<SqlValue> a)
    {
        if (a[0].Type != SqlType.Object || a.Skip(1).Any(n => n.Type != SqlType.String))
        {
            return SqlValue.Undefined;
        }

        var (name, value) = (a.Count > 1 ? a[1].Text : "k", a.Count > 2 ? a[2].Text : "v");
        return SqlValue.Of(
            [.. a[0].Members().Select(m => SqlValue.Of([KeyValuePair.Create(name, SqlValue.Of(m.Key)), KeyValuePair.Create(value, m.Value)]))]);
    }
}
