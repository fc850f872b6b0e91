using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>The rows that a query makes of an item: which there are, what they sort by and what they give.</summary>
internal sealed class ItemRows(SqlQuery query, SqlRun run)
{
    private readonly SqlEvaluator _evaluator = new(run);

    /// <summary>Whether an item's row, if it has one, is the item as it is kept.</summary>
    private readonly bool _givesItem = query.Select is SqlSelect.Star && query.From.IsItemItself;

    /// <summary>Whether each item gives one row, and nothing in it matters.</summary>
    private readonly bool _readsNothing = query is { Select: SqlSelect.Star, Where: null, OrderBy.Count: 0 } && query.From.IsItemItself;

    /// <summary>Goes over the rows of an item that pass WHERE; they are good until the next one is asked for.</summary>
    public IEnumerable<(QueryRowRef Ref, SqlBindings Row)> Of(StoredItem item)
    {
        if (_readsNothing)
        {
            yield return (new QueryRowRef(item, 0), SqlBindings.At(SqlValue.Undefined));
            yield break;
        }

        using var json = JsonDocument.Parse(item.Json, ItemDocument.ReadOptions);
        var index = 0;
        foreach (var row in SqlRows.Of(query, SqlBindings.At(SqlValue.Of(json.RootElement)), _evaluator))
        {
            yield return (new QueryRowRef(item, index++), row);
        }
    }

    /// <summary>What a row sorts by, good for ever.</summary>
    public IReadOnlyList<SqlValue> SortValues(SqlBindings row) => [.. query.OrderBy.Select(s => _evaluator.Evaluate(s.Column.Expression, row).Detach())];

    /// <summary>What the query gives for a row.</summary>
    /// <returns>JSON, or <see langword="null"/> where it gives nothing.</returns>
    public ReadOnlyMemory<byte>? Project(QueryRowRef of, SqlBindings row) =>
        _givesItem ? of.Item.Json : _evaluator.Select(query.Select, row) is { IsDefined: true } value ? SqlValueWriter.ToJson(value) : (ReadOnlyMemory<byte>?)null;

    /// <summary>The same for a row that was seen before; with a group's results where it stands for a group.</summary>
    public ReadOnlyMemory<byte>? Project(QueryRowRef of, IReadOnlyDictionary<SqlExpression.Aggregate, SqlValue>? results = null)
    {
        if (_givesItem)
        {
            return of.Item.Json;
        }

        foreach (var (at, row) in Of(of.Item))
        {
            if (at.Index == of.Index)
            {
                return Project(of, results is null ? row : row.With(results));
            }
        }

        return null;
    }
}
