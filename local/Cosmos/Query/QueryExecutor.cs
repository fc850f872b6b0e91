using System.Runtime.CompilerServices;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Runs a query over a partition or a key range, a page at a time.</summary>
internal sealed class QueryExecutor(SqlQuery query, ContainerStore container, ItemScope scope, SqlRun run)
{
    /// <summary>How many items are taken from the container at once: it is locked meanwhile.</summary>
    private const int ReadAtOnce = 256;

    private readonly SqlEvaluator _evaluator = new(run);
    private readonly ItemRows _rows = new(query, run);
    private readonly ItemScope _scope = scope is ItemScope.Partition partition ? partition with { Window = WindowOfNumbers.Of(query) } : scope;
    private int _itemsRead;
    private SessionPosition _session;

    public Task<QueryPage> ReadPageAsync(QueryPosition from, ResumeFilter? resume, QueryPageLimits limits, CancellationToken cancellationToken) => query switch
    {
        { From.Parts.Count: 0 } => Task.FromResult(ReadWithoutItems(from, limits)),
        { Groups: true } => ReadGroupsAsync(from, limits, cancellationToken),
        { OrderBy.Count: > 0 } => ReadOrderedAsync(from, resume, limits, cancellationToken),
        _ => ReadInOrderOfCreationAsync(from, limits, cancellationToken),
    };

    private QueryPage ReadWithoutItems(QueryPosition from, QueryPageLimits limits)
    {
        var page = new QueryPageBuilder(query, limits, from);
        foreach (var value in SqlSubqueries.ValuesOf(query, SqlBindings.At(SqlValue.Undefined), _evaluator))
        {
            page.Add(SqlValueWriter.ToJson(value), [], 0, 0);
        }

        return page.Build(_itemsRead, _session);
    }

    private async Task<QueryPage> ReadInOrderOfCreationAsync(QueryPosition from, QueryPageLimits limits, CancellationToken cancellationToken)
    {
        var page = new QueryPageBuilder(query, limits, from);
        await foreach (var item in ReadItemsAsync(query.From.IsItemItself ? from.Number : from.Number - 1, cancellationToken))
        {
            foreach (var (at, row) in _rows.Of(item))
            {
                if ((from.IsStart || at.CompareTo(from.Number, from.Index) > 0)
                    && _rows.Project(at, row) is { } json
                    && !page.Add(json, [], item.Number, at.Index))
                {
                    return page.Build(_itemsRead, _session);
                }
            }
        }

        return page.Build(_itemsRead, _session);
    }

    private async Task<QueryPage> ReadOrderedAsync(QueryPosition from, ResumeFilter? resume, QueryPageLimits limits, CancellationToken cancellationToken)
    {
        bool[] descending = [.. query.OrderBy.Select(s => s.Descending)];
        var rows = new List<OrderedRow>();
        await foreach (var item in ReadItemsAsync(0, cancellationToken))
        {
            rows.AddRange(_rows.Of(item).Select(r => new OrderedRow(r.Ref, _rows.SortValues(r.Row))));
        }

        rows.Sort((x, y) => Compare(x, y.SortValues, y.Ref.Item.Number, y.Ref.Index, descending));
        var page = new QueryPageBuilder(query, limits, from);
        foreach (var row in rows)
        {
            if ((from.IsStart || Compare(row, from.SortValues, from.Number, from.Index, descending) > 0)
                && resume?.Admits(row.SortValues, row.Ref.Item.Number, descending) != false
                && _rows.Project(row.Ref) is { } json
                && !page.Add(json, row.SortValues, row.Ref.Item.Number, row.Ref.Index))
            {
                break;
            }
        }

        return page.Build(_itemsRead, _session);
    }

    /// <summary>Groups are given in the order of their keys, so that a page goes on after the last one's whatever is written meanwhile.</summary>
    private async Task<QueryPage> ReadGroupsAsync(QueryPosition from, QueryPageLimits limits, CancellationToken cancellationToken)
    {
        var groups = new SqlGroups<QueryRowRef>(query, _evaluator);
        await foreach (var item in ReadItemsAsync(0, cancellationToken))
        {
            foreach (var (at, row) in _rows.Of(item))
            {
                groups.Add(row, () => at);
            }
        }

        bool[] ascending = new bool[query.GroupBy.Count];
        var page = new QueryPageBuilder(query, limits, from);
        foreach (var group in groups.All.Order(Comparer<SqlGroup<QueryRowRef>>.Create((x, y) => SqlOrder.Compare(x.Keys, y.Keys, ascending))))
        {
            if ((from.IsStart || SqlOrder.Compare(group.Keys, from.SortValues, ascending) > 0)
                && Project(group) is { } json
                && !page.Add(json, group.Keys, 0, 0))
            {
                break;
            }
        }

        return page.Build(_itemsRead, _session);
    }

    private ReadOnlyMemory<byte>? Project(SqlGroup<QueryRowRef> group)
    {
        if (group.First is { } first)
        {
            return _rows.Project(first, group.Results);
        }

        var value = _evaluator.Select(query.Select, SqlBindings.At(SqlValue.Undefined).With(group.Results));
        return value.IsDefined ? SqlValueWriter.ToJson(value) : (ReadOnlyMemory<byte>?)null;
    }

    private async IAsyncEnumerable<StoredItem> ReadItemsAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ItemPage page;
        do
        {
            // Reading need not wait for anything, so the token is looked at here: a query may go over many items.
            cancellationToken.ThrowIfCancellationRequested();
            page = await container.ReadAsync(_scope, after, ReadAtOnce, long.MaxValue, cancellationToken);
            _session = page.Session;
            foreach (var item in page.Items)
            {
                _itemsRead++;
                after = item.Number;
                yield return item;
            }
        }
        while (!page.IsLast);
    }

    /// <summary>Ties are in the order of the items' numbers, in the direction of the first column, so that pages neither repeat nor lose rows.</summary>
    private static int Compare(OrderedRow row, IReadOnlyList<SqlValue> sortValues, long number, int index, bool[] descending)
    {
        var order = SqlOrder.Compare(row.SortValues, sortValues, descending);
        if (order != 0)
        {
            return order;
        }

        order = row.Ref.Item.Number.CompareTo(number);
        return order == 0 ? row.Ref.Index.CompareTo(index) : descending[0] ? -order : order;
    }

    private sealed record OrderedRow(QueryRowRef Ref, IReadOnlyList<SqlValue> SortValues);
}
