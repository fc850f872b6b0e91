using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// Tells a client how to run a query over several key ranges: what to send to each of them, and how to put the answers together.
/// </summary>
internal static class QueryPlanner
{
    /// <summary>The client puts the text for resuming here.</summary>
    public const string ResumePlaceholder = "{documentdb-formattableorderbyquery-filter}";

    /// <summary>The plan, in the protocol's form.</summary>
    /// <param name="query">The query.</param>
    /// <param name="effectiveKey">The effective partition key that the request is for, in hexadecimal; <see langword="null"/> for all.</param>
    /// <exception cref="SqlSyntaxException">The query can't be run over several ranges.</exception>
    public static JsonObject Plan(SqlQuery query, string? effectiveKey) => new()
    {
        ["partitionedQueryExecutionInfoVersion"] = 2,
        ["queryInfo"] = Describe(query),
        ["queryRanges"] = new JsonArray(new JsonObject
        {
            ["min"] = effectiveKey ?? string.Empty,
            ["max"] = effectiveKey ?? (HasItems(query) ? "FF" : string.Empty),
            ["isMinInclusive"] = true,
            ["isMaxInclusive"] = effectiveKey is not null || !HasItems(query),
        }),
    };

    /// <summary>Without FROM there is one row, and any one range gives it.</summary>
    private static bool HasItems(SqlQuery query) => query.From.Parts.Count > 0;

    private static JsonObject Describe(SqlQuery query)
    {
        var info = new JsonObject
        {
            ["distinctType"] = DistinctType(query),
            ["top"] = query.Top,
            ["offset"] = query.Limit is null ? null : query.Offset,
            ["limit"] = query.Limit,
            ["orderBy"] = new JsonArray([.. query.OrderBy.Select(s => (JsonNode)(s.Descending ? "Descending" : "Ascending"))]),
            ["orderByExpressions"] = new JsonArray([.. query.OrderBy.Select(s => (JsonNode)s.Column.Source)]),
            ["groupByExpressions"] = new JsonArray(),
            ["groupByAliases"] = new JsonArray(),
            ["aggregates"] = new JsonArray(),
            ["groupByAliasToAggregateType"] = new JsonObject(),
            ["hasSelectValue"] = query.Select is SqlSelect.Value,
            ["hasNonStreamingOrderBy"] = false,
        };
        if (query.Groups)
        {
            AggregatePlan.Describe(query, info);
        }
        else
        {
            info["rewrittenQuery"] = Rewrite(query);
        }

        return info;
    }

    /// <summary>Ordered, so that a client need only look at the row before, where rows are sorted by all that they are.</summary>
    private static string DistinctType(SqlQuery query) => !query.Distinct ? "None"
        : query.Select is SqlSelect.Value(var of) && query.OrderBy is [var only] && SqlExpressionTree.AreSame(of.Expression, only.Column.Expression) ? "Ordered"
        : "Unordered";

    /// <summary>
    /// What each range is asked. It gives all that could be among the rows in the end; with DISTINCT nobody can know how many these
    /// are, so that TOP and LIMIT are left to the client.
    /// </summary>
    private static string Rewrite(SqlQuery query)
    {
        if (query.OrderBy.Count == 0)
        {
            return query.Limit is null && !(query.Distinct && query.Top is not null)
                ? string.Empty
                : $"SELECT {(query.Distinct ? "DISTINCT " : string.Empty)}{query.SelectSource} {query.From.Source}{Where(query)}{Limit(query)}";
        }

        var items = string.Join(", ", query.OrderBy.Select(s => $"{{\"item\": {s.Column.Source}}}"));
        var order = string.Join(", ", query.OrderBy.Select(s => $"{s.Column.Source} {(s.Descending ? "DESC" : "ASC")}"));
        var top = query.Top is { } rows && !query.Distinct ? $"TOP {rows} " : string.Empty;
        var root = query.From.Container ?? throw SqlSyntaxException.NotSupported("ORDER BY over a subquery in FROM", 0);
        return $"SELECT {top}{root}._rid, [{items}] AS orderByItems, {Payload(query)} AS payload {query.From.Source} WHERE {OrderedWhere(query)} ORDER BY {order}{Limit(query)}";
    }

    private static string Limit(SqlQuery query) =>
        query.Limit is { } most && !query.Distinct ? $" OFFSET 0 LIMIT {Math.Min(int.MaxValue, query.Offset + most)}" : string.Empty;

    private static string OrderedWhere(SqlQuery query)
    {
        var where = query.Where is null ? $"({ResumePlaceholder})" : $"({query.Where.Source}) AND ({ResumePlaceholder})";
        return query.Select is SqlSelect.Value(var of) ? $"{where} AND IS_DEFINED({of.Source})" : where;
    }

    public static string Where(SqlQuery query) => query.Where is null ? string.Empty : $" WHERE {query.Where.Source}";

    private static string Payload(SqlQuery query) => query.Select switch
    {
        SqlSelect.Value(var of) => of.Source,
        SqlSelect.List(var members) => "{" + string.Join(", ", members.Select(m => $"\"{JsonEncodedText.Encode(m.Key)}\": {m.Value.Source}")) + "}",
        _ => query.From.Alias ?? throw new InvalidOperationException("SELECT * without a name to select."),
    };
}
