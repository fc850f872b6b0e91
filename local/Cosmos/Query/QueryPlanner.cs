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
            ["max"] = effectiveKey ?? "FF",
            ["isMinInclusive"] = true,
            ["isMaxInclusive"] = effectiveKey is not null,
        }),
    };

    private static JsonObject Describe(SqlQuery query)
    {
        var info = new JsonObject
        {
            ["distinctType"] = "None",
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
        if (query.Aggregates.Count > 0)
        {
            AggregatePlan.Describe(query, info);
        }
        else
        {
            info["rewrittenQuery"] = Rewrite(query);
        }

        return info;
    }

    private static string Rewrite(SqlQuery query)
    {
        if (query.OrderBy.Count == 0 && query.Limit is null)
        {
            return string.Empty;
        }

        var top = query.Top is { } rows ? $"TOP {rows} " : string.Empty;
        var limit = query.Limit is { } most ? $" OFFSET 0 LIMIT {Math.Min(int.MaxValue, query.Offset + most)}" : string.Empty;
        if (query.OrderBy.Count == 0)
        {
            return $"SELECT {top}{query.SelectSource} {query.From.Source}{Where(query)}{limit}";
        }

        var items = string.Join(", ", query.OrderBy.Select(s => $"{{\"item\": {s.Column.Source}}}"));
        var order = string.Join(", ", query.OrderBy.Select(s => $"{s.Column.Source} {(s.Descending ? "DESC" : "ASC")}"));
        var where = query.Where is null ? $" WHERE ({ResumePlaceholder})" : $" WHERE ({query.Where.Source}) AND ({ResumePlaceholder})";
        return $"SELECT {top}{query.Alias}._rid, [{items}] AS orderByItems, {Payload(query)} AS payload {query.From.Source}{where} ORDER BY {order}{limit}";
    }

    public static string Where(SqlQuery query) => query.Where is null ? string.Empty : $" WHERE {query.Where.Source}";

    private static string Payload(SqlQuery query) => query.Select switch
    {
        SqlSelect.Value(var of) => of.Source,
        SqlSelect.List(var members) => "{" + string.Join(", ", members.Select(m => $"\"{JsonEncodedText.Encode(m.Key)}\": {m.Value.Source}")) + "}",
        _ => query.Alias,
    };
}
