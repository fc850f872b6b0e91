using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// The part of a plan that is about groups and aggregates: each range gives its share of every group, in a form that the client can add
/// up. The forms are those of the SDKs' own planner.
/// </summary>
internal static class AggregatePlan
{
    /// <exception cref="SqlSyntaxException">An aggregate is inside of another expression, where shares can't be added up.</exception>
    public static void Describe(SqlQuery query, JsonObject info)
    {
        var payload = query.Select switch
        {
            SqlSelect.Value({ Expression: SqlExpression.Aggregate aggregate } clause) => DescribeValue(aggregate, clause, info),
            SqlSelect.Value(var clause) => Plain(clause),
            SqlSelect.List(var members) => DescribeMembers(members, info),
            _ => throw new InvalidOperationException($"{query.Select.GetType().Name} has no groups."),
        };
        info["rewrittenQuery"] = $"SELECT {Projection(query, payload)} {query.From.Source}{QueryPlanner.Where(query)}{GroupBy(query)}";
        info["groupByExpressions"] = new JsonArray([.. query.GroupBy.Select(g => (JsonNode)g.Source)]);
    }

    private static string DescribeValue(SqlExpression.Aggregate aggregate, SqlClause clause, JsonObject info)
    {
        info["aggregates"] = new JsonArray(NameOf(aggregate));
        return $"[{Share(aggregate, clause)}]";
    }

    private static string DescribeMembers(IReadOnlyList<KeyValuePair<string, SqlClause>> members, JsonObject info)
    {
        info["groupByAliases"] = new JsonArray([.. members.Select(m => (JsonNode)m.Key)]);
        info["groupByAliasToAggregateType"] = new JsonObject(
            members.Select(m => KeyValuePair.Create(m.Key, m.Value.Expression is SqlExpression.Aggregate aggregate ? (JsonNode?)NameOf(aggregate) : null)));
        var shares = members.Select(m =>
            $"\"{JsonEncodedText.Encode(m.Key)}\": {(m.Value.Expression is SqlExpression.Aggregate aggregate ? Share(aggregate, m.Value) : Plain(m.Value))}");
        return $"{{{string.Join(", ", shares)}}}";
    }

    private static string Projection(SqlQuery query, string payload)
    {
        if (query.GroupBy.Count > 0)
        {
            var keys = string.Join(", ", query.GroupBy.Select(g => $"{{\"item\": {g.Source}}}"));
            return $"[{keys}] AS groupByItems, {payload} AS payload";
        }

        return query.Select is SqlSelect.Value ? $"VALUE {payload}" : $"VALUE {{\"payload\": {payload}}}";
    }

    private static string GroupBy(SqlQuery query) =>
        query.GroupBy.Count > 0 ? $" GROUP BY {string.Join(", ", query.GroupBy.Select(g => g.Source))}" : string.Empty;

    /// <summary>What all shares of a group have in common.</summary>
    private static string Plain(SqlClause clause) => SqlExpressionTree.Contains(clause.Expression, e => e is SqlExpression.Aggregate)
        ? throw new SqlSyntaxException("Compositions of aggregates and other expressions are not allowed in a query over several partitions", 0)
        : clause.Source;

    private static string NameOf(SqlExpression.Aggregate aggregate) => aggregate.Kind.ToString();

    /// <summary>
    /// A range's share: counts and sums as they are; an average as sum and count; an extreme with its count, for an empty range
    /// has none.
    /// </summary>
    private static string Share(SqlExpression.Aggregate aggregate, SqlClause clause)
    {
        var operand = clause.Source[clause.Source.IndexOf('(', StringComparison.Ordinal)..];
        return aggregate.Kind switch
        {
            SqlAggregate.Average => $"{{\"item\": {{\"sum\": SUM{operand}, \"count\": COUNT{operand}}}}}",
            SqlAggregate.Min => $"{{\"item\": MIN{operand}, \"item2\": {{\"min\": MIN{operand}, \"count\": COUNT{operand}}}}}",
            SqlAggregate.Max => $"{{\"item\": MAX{operand}, \"item2\": {{\"max\": MAX{operand}, \"count\": COUNT{operand}}}}}",
            _ => $"{{\"item\": {clause.Source}}}",
        };
    }
}
