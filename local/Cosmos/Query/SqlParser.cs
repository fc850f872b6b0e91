using System.Text;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Reads a query.</summary>
internal static class SqlParser
{
    /// <summary>The longest text ("Azure Cosmos DB service quotas", SQL query limits), in UTF-8 bytes.</summary>
    public const int MostBytes = 512 * 1024;

    private static readonly Dictionary<string, SqlValue> NoParameters = new(StringComparer.Ordinal);

    /// <exception cref="SqlSyntaxException">It can't be read, or asks for what isn't supported.</exception>
    public static SqlQuery Parse(string text, IReadOnlyDictionary<string, SqlValue> parameters) =>
        new SqlQueryParser(TokensOf(text), parameters).ReadOutermost();

    /// <summary>Reads <c>FROM c WHERE …</c>, the condition of a patch.</summary>
    /// <returns>A query that gives the item where the condition holds.</returns>
    /// <exception cref="SqlSyntaxException">It can't be read.</exception>
    public static SqlQuery ParseCondition(string text) => new SqlQueryParser(TokensOf(text), NoParameters).ReadCondition();

    private static SqlTokens TokensOf(string text) => Encoding.UTF8.GetByteCount(text) is var bytes && bytes <= MostBytes
        ? new SqlTokens(text)
        : throw new SqlSyntaxException($"The query has {bytes} bytes; the longest may have {MostBytes}", 0);
}
