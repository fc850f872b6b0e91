using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Which path of the item an expression stands for.</summary>
internal static class SqlPaths
{
    /// <summary>The names from the item inwards; <see langword="null"/> where the expression is no path of the item.</summary>
    public static IReadOnlyList<string>? Of(SqlExpression expression, SqlFrom from) => expression switch
    {
        SqlExpression.Member(var of, var key) => Of(of, from) is { } outer ? [.. outer, key is SqlExpression.Literal { Value: { Type: SqlType.String } name } ? name.Text : IndexingPolicy.Element] : null,
        SqlExpression.Item => [],
        SqlExpression.Name(var alias) when alias == from.Alias && from.Parts[0] is SqlFromPart.Path { Iterates: false } first => Of(first.Of, from),
        _ => null,
    };
}
