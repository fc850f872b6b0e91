using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>The part of a plan that is about aggregates: each range gives its share, in a form that the client can add up.</summary>
internal static class AggregatePlan
{
    /// <exception cref="SqlSyntaxException">The SELECT clause holds more than aggregates.</exception>
    public static void Describe(SqlQuery query, JsonObject info)
    {
        switch (query.Select)
        {
            case SqlSelect.Value({ Expression: SqlExpression.Aggregate aggregate } clause):
                info["aggregates"] = new JsonArray(NameOf(aggregate));
                info["rewrittenQuery"] = $"SELECT VALUE [{Share(aggregate, clause)}] {query.From.Source}{QueryPlanner.Where(query)}";
                return;
            case SqlSelect.List(var members) when members.All(m => m.Value.Expression is SqlExpression.Aggregate):
                info["groupByAliases"] = new JsonArray([.. members.Select(m => (JsonNode)m.Key)]);
                info["groupByAliasToAggregateType"] = new JsonObject(
                    members.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)NameOf((SqlExpression.Aggregate)m.Value.Expression))));
                var shares = members.Select(m => $"\"{JsonEncodedText.Encode(m.Key)}\": {Share((SqlExpression.Aggregate)m.Value.Expression, m.Value)}");
                info["rewrittenQuery"] = $"SELECT VALUE {{\"payload\": {{{string.Join(", ", shares)}}}}} {query.From.Source}{QueryPlanner.Where(query)}";
                return;
            default:
                throw SqlSyntaxException.NotSupported("A SELECT clause in which aggregates stand together with anything else", 0);
        }
    }

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
