using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Runs a query over a partition or a key range, a page at a time.</summary>
internal sealed class QueryExecutor(SqlQuery query, ContainerStore container, ItemScope scope)
{
    /// <summary>How many items are taken from the container at once: it is locked meanwhile.</summary>
    private const int ReadAtOnce = 256;

    private readonly QueryRow _row = new(query);
    private readonly ItemScope _scope = scope is ItemScope.Partition partition ? partition with { Window = WindowOfNumbers.Of(query) } : scope;
    private int _itemsRead;
    private SessionPosition _session;

    public Task<QueryPage> ReadPageAsync(QueryPosition from, ResumeFilter? resume, QueryPageLimits limits, CancellationToken cancellationToken) => query switch
    {
        { Aggregates.Count: > 0 } => AggregateAsync(cancellationToken),
        { OrderBy.Count: > 0 } => ReadOrderedAsync(from, resume, limits, cancellationToken),
        _ => ReadInOrderOfCreationAsync(from, limits, cancellationToken),
    };

    private async Task<QueryPage> ReadInOrderOfCreationAsync(QueryPosition from, QueryPageLimits limits, CancellationToken cancellationToken)
    {
        var page = new QueryPageBuilder(query, limits, from);
        await foreach (var item in ReadItemsAsync(from.Number, cancellationToken))
        {
            if (_row.PassAndProject(item) is { } row && !page.Add(row, [], item.Number))
            {
                break;
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
            using var json = QueryRow.Parse(item);
            if (_row.Passes(json.RootElement))
            {
                rows.Add(new OrderedRow(item, _row.SortValues(json.RootElement)));
            }
        }

        rows.Sort((x, y) => Compare(x, y.SortValues, y.Item.Number, descending));
        var page = new QueryPageBuilder(query, limits, from);
        foreach (var (item, sortValues) in rows)
        {
            if (from.Number > 0 && Compare(new OrderedRow(item, sortValues), from.SortValues, from.Number, descending) <= 0)
            {
                continue;
            }

            if (resume?.Admits(sortValues, item.Number, descending) != false
                && _row.Project(item) is { } row
                && !page.Add(row, sortValues, item.Number))
            {
                break;
            }
        }

        return page.Build(_itemsRead, _session);
    }

    private async Task<QueryPage> AggregateAsync(CancellationToken cancellationToken)
    {
        // By reference: the same function may stand twice in the query.
        var accumulators = new Dictionary<SqlExpression.Aggregate, SqlAccumulator>(ReferenceEqualityComparer.Instance);
        foreach (var aggregate in query.Aggregates)
        {
            accumulators[aggregate] = new SqlAccumulator(aggregate.Kind);
        }

        await foreach (var item in ReadItemsAsync(0, cancellationToken))
        {
            using var json = QueryRow.Parse(item);
            if (!_row.Passes(json.RootElement))
            {
                continue;
            }

            foreach (var (aggregate, accumulator) in accumulators)
            {
                accumulator.Add(SqlEvaluator.PerItem.Evaluate(aggregate.Operand, SqlValue.Of(json.RootElement)));
            }
        }

        var results = new Dictionary<SqlExpression.Aggregate, SqlValue>(ReferenceEqualityComparer.Instance);
        foreach (var (aggregate, accumulator) in accumulators)
        {
            results[aggregate] = accumulator.Result;
        }

        var row = query.Offset > 0 || query.MaxRows == 0 ? null : _row.ProjectAggregates(results);
        return new QueryPage(row is { } json1 ? [json1] : [], Next: null, _itemsRead, _session);
    }

    private async IAsyncEnumerable<StoredItem> ReadItemsAsync(long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
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
    private static int Compare(OrderedRow row, IReadOnlyList<SqlValue> sortValues, long number, bool[] descending)
    {
        var order = SqlOrder.Compare(row.SortValues, sortValues, descending);
        if (order == 0)
        {
            order = descending[0] ? number.CompareTo(row.Item.Number) : row.Item.Number.CompareTo(number);
        }

        return order;
    }

    private sealed record OrderedRow(StoredItem Item, IReadOnlyList<SqlValue> SortValues);
}
