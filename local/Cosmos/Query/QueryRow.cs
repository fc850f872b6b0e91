using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>An item under a query: whether it passes, what it sorts by and what it gives.</summary>
internal sealed class QueryRow(SqlQuery query)
{
    /// <summary>Whether the item passes the WHERE clause.</summary>
    public bool Passes(JsonElement item) => query.Where is null || SqlEvaluator.PerItem.Evaluate(query.Where.Expression, SqlValue.Of(item)).IsTrue;

    public IReadOnlyList<SqlValue> SortValues(JsonElement item)
    {
        var root = SqlValue.Of(item);
        return [.. query.OrderBy.Select(s => SqlEvaluator.PerItem.Evaluate(s.Column.Expression, root).Detach())];
    }

    /// <summary>What the query gives for an item that passes; the item is not read where it is given as it is.</summary>
    /// <returns>JSON, or <see langword="null"/> where it gives nothing.</returns>
    public ReadOnlyMemory<byte>? Project(StoredItem item)
    {
        if (query.Select is SqlSelect.Star)
        {
            return item.Json;
        }

        using var json = Parse(item);
        return Write(SqlEvaluator.PerItem, SqlValue.Of(json.RootElement));
    }

    /// <summary>What the query gives for an item if it passes.</summary>
    /// <returns>JSON, or <see langword="null"/> where it gives nothing.</returns>
    public ReadOnlyMemory<byte>? PassAndProject(StoredItem item)
    {
        if (query.Where is null)
        {
            return Project(item);
        }

        using var json = Parse(item);
        if (!Passes(json.RootElement))
        {
            return null;
        }

        return query.Select is SqlSelect.Star ? item.Json : Write(SqlEvaluator.PerItem, SqlValue.Of(json.RootElement));
    }

    /// <summary>What a query with aggregates gives, once for all items.</summary>
    public ReadOnlyMemory<byte>? ProjectAggregates(IReadOnlyDictionary<SqlExpression.Aggregate, SqlValue> results) =>
        Write(new SqlEvaluator(results), SqlValue.Undefined);

    public static JsonDocument Parse(StoredItem item) => JsonDocument.Parse(item.Json, ItemDocument.ReadOptions);

    private ReadOnlyMemory<byte>? Write(SqlEvaluator evaluator, SqlValue root)
    {
        var value = query.Select switch
        {
            SqlSelect.Value(var of) => evaluator.Evaluate(of.Expression, root),
            SqlSelect.List(var members) => SqlValue.Of([.. members.Select(m => KeyValuePair.Create(m.Key, evaluator.Evaluate(m.Value.Expression, root)))]),
            _ => throw new InvalidOperationException($"{query.Select.GetType().Name} is not a projection."),
        };
        return value.IsDefined ? SqlValueWriter.ToJson(value) : null;
    }
}
