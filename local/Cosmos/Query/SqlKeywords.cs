namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// The words that can't be names: neither of a property after a dot nor of a result. The list is the service's own, found by
/// asking its query planner, so that a query that passes here passes there.
/// </summary>
internal static class SqlKeywords
{
    private static readonly HashSet<string> All = new(
        ("and array as asc between by case cast convert cross desc distinct else end escape exists false for from group having in inner insert into is "
        + "join left like limit not null offset on or order outer over right select set then top true udf undefined update value when where with").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string word) => All.Contains(word);
}
