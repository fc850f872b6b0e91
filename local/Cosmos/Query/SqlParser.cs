namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Reads a query.</summary>
internal static class SqlParser
{
    private static readonly Dictionary<string, SqlValue> NoParameters = new(StringComparer.Ordinal);

    /// <exception cref="SqlSyntaxException">It can't be read, or asks for what isn't supported.</exception>
    public static SqlQuery Parse(string text, IReadOnlyDictionary<string, SqlValue> parameters) =>
        new SqlQueryParser(new SqlTokens(text), parameters).ReadOutermost();

    /// <summary>Reads <c>FROM c WHERE …</c>, the condition of a patch.</summary>
    /// <returns>A query that gives the item where the condition holds.</returns>
    /// <exception cref="SqlSyntaxException">It can't be read.</exception>
    public static SqlQuery ParseCondition(string text) => new SqlQueryParser(new SqlTokens(text), NoParameters).ReadCondition();
}
