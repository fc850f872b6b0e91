using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Runs a query over a partition or a key range, a page at a time.</summary>
internal sealed class QueryExecutor
{
    private readonly SqlQuery _query;
    private readonly SqlEvaluator _evaluator;
    private readonly ItemRows _rows;
    private readonly QueryItems _items;
    private readonly OrderedRows _ordered;

    public QueryExecutor(SqlQuery query, ContainerStore container, ItemScope scope, SqlRun run)
    {
        var filtered = scope with { Filters = IndexFilters.Of(query, container.Definition.Indexing) };
        _query = query;
        _evaluator = new SqlEvaluator(run);
        _rows = new ItemRows(query, run);
        _items = new QueryItems(container, filtered);
        _ordered = new OrderedRows(query, container, filtered, _items, _rows);
    }

    public Task<QueryPage> ReadPageAsync(QueryPosition from, ResumeFilter? resume, QueryPageLimits limits, CancellationToken cancellationToken) => _query switch
    {
        { From.Parts.Count: 0 } => Task.FromResult(ReadWithoutItems(from, limits)),
        { Groups: true } => ReadGroupsAsync(from, limits, cancellationToken),
        { OrderBy.Count: > 0 } => ReadOrderedAsync(from, resume, limits, cancellationToken),
        _ => ReadInOrderOfCreationAsync(from, limits, cancellationToken),
    };

    private QueryPage ReadWithoutItems(QueryPosition from, QueryPageLimits limits)
    {
        var page = new QueryPageBuilder(_query, limits, from);
        foreach (var value in SqlSubqueries.ValuesOf(_query, SqlBindings.At(SqlValue.Undefined), _evaluator))
        {
            page.Add(SqlValueWriter.ToJson(value), [], 0, 0);
        }

        return page.Build(_items);
    }

    private async Task<QueryPage> ReadInOrderOfCreationAsync(QueryPosition from, QueryPageLimits limits, CancellationToken cancellationToken)
    {
        var page = new QueryPageBuilder(_query, limits, from);
        await foreach (var item in _items.ReadAsync(_query.From.IsItemItself ? from.Number : from.Number - 1, cancellationToken))
        {
            foreach (var (at, row) in _rows.Of(item))
            {
                if ((from.IsStart || at.CompareTo(from.Number, from.Index) > 0)
                    && _rows.Project(at, row) is { } json
                    && !page.Add(json, [], item.Number, at.Index))
                {
                    return page.Build(_items);
                }
            }
        }

        return page.Build(_items);
    }

    private async Task<QueryPage> ReadOrderedAsync(QueryPosition from, ResumeFilter? resume, QueryPageLimits limits, CancellationToken cancellationToken)
    {
        var page = new QueryPageBuilder(_query, limits, from);
        var wanted = (int)Math.Min(limits.Rows, _query.MaxRows is { } most ? _query.Offset + most : limits.Rows);
        await foreach (var rows in _ordered.ReadAsync(from, resume, wanted, cancellationToken))
        {
            foreach (var row in rows)
            {
                if (_rows.Project(row.Ref) is { } json && !page.Add(json, row.SortValues, row.Ref.Item.Number, row.Ref.Index))
                {
                    return page.Build(_items);
                }
            }
        }

        return page.Build(_items);
    }

    /// <summary>Groups are given in the order of their keys, so that a page goes on after the last one's whatever is written meanwhile.</summary>
    private async Task<QueryPage> ReadGroupsAsync(QueryPosition from, QueryPageLimits limits, CancellationToken cancellationToken)
    {
        var groups = new SqlGroups<QueryRowRef>(_query, _evaluator);
        await foreach (var item in _items.ReadAsync(0, cancellationToken))
        {
            foreach (var (at, row) in _rows.Of(item))
            {
                groups.Add(row, () => at);
            }
        }

        bool[] ascending = new bool[_query.GroupBy.Count];
        var page = new QueryPageBuilder(_query, limits, from);
        foreach (var group in groups.All.Order(Comparer<SqlGroup<QueryRowRef>>.Create((x, y) => SqlOrder.Compare(x.Keys, y.Keys, ascending))))
        {
            if ((from.IsStart || SqlOrder.Compare(group.Keys, from.SortValues, ascending) > 0)
                && Project(group) is { } json
                && !page.Add(json, group.Keys, 0, 0))
            {
                break;
            }
        }

        return page.Build(_items);
    }

    private ReadOnlyMemory<byte>? Project(SqlGroup<QueryRowRef> group)
    {
        if (group.First is { } first)
        {
            return _rows.Project(first, group.Results);
        }

        var value = _evaluator.Select(_query.Select, SqlBindings.At(SqlValue.Undefined).With(group.Results));
        return value.IsDefined ? SqlValueWriter.ToJson(value) : (ReadOnlyMemory<byte>?)null;
    }
}
