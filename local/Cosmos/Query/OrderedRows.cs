using System.Runtime.CompilerServices;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// The rows of a query in the order of its ORDER BY: by an index of the first column as far as they are asked for, or, where none serves,
/// all of them, sorted.
/// </summary>
internal sealed class OrderedRows(SqlQuery query, ContainerStore container, ItemScope scope, QueryItems items, ItemRows rows)
{
    private readonly bool[] _descending = [.. query.OrderBy.Select(s => s.Descending)];
    private readonly IndexOrder? _order = IndexFilters.OrderOf(query, container.Definition.Indexing);

    /// <summary>Goes over the rows behind a position, some at a time.</summary>
    /// <param name="from">The position.</param>
    /// <param name="resume">Where a client that merges ranges wants to begin.</param>
    /// <param name="wanted">How many rows the reader will take, about.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async IAsyncEnumerable<IReadOnlyList<OrderedRow>> ReadAsync(
        QueryPosition from, ResumeFilter? resume, int wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_order is null || await container.ReadInOrderAsync(scope, _order, StartOf(from, resume), wanted, QueryItems.ReadAtOnce, cancellationToken) is not { } page)
        {
            yield return await SortAllAsync(from, resume, cancellationToken);
            yield break;
        }

        var (run, key) = (new List<OrderedRow>(), default(IndexKey));
        for (var next = page; next is not null; next = await GoOnAsync(next, cancellationToken))
        {
            items.Session = next.Session;
            foreach (var ordered in next.Items)
            {
                if (run.Count > 0 && (ordered.Key != key || IsPlace(ordered.Key)))
                {
                    yield return Sort(run);
                    run = [];
                }

                items.Look(ordered.Item);
                key = ordered.Key;
                run.AddRange(RowsOf(ordered.Item, from, resume));
                if (IsPlace(key))
                {
                    yield return Sort(run);
                    run = [];
                }
            }
        }

        yield return Sort(run);
    }

    private async Task<OrderedPage?> GoOnAsync(OrderedPage page, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // The other filters told whether to go by the index at all; that is decided. Without an answer the partition has gone meanwhile.
        var rest = scope with { Filters = [.. scope.Filters.Where(f => f.Path.Equals(_order!.Path))] };
        return page.Next is { } at ? await container.ReadInOrderAsync(rest, _order!, at, wanted: 0, QueryItems.ReadAtOnce, cancellationToken) : null;
    }

    private async Task<IReadOnlyList<OrderedRow>> SortAllAsync(QueryPosition from, ResumeFilter? resume, CancellationToken cancellationToken)
    {
        var all = new List<OrderedRow>();
        await foreach (var item in items.ReadAsync(0, cancellationToken))
        {
            all.AddRange(RowsOf(item, from, resume));
        }

        return Sort(all);
    }

    private IEnumerable<OrderedRow> RowsOf(StoredItem item, QueryPosition from, ResumeFilter? resume) => rows.Of(item)
        .Select(r => new OrderedRow(r.Ref, rows.SortValues(r.Row)))
        .Where(r => (from.IsStart || Compare(r, from.SortValues, from.Number, from.Index) > 0) && resume?.Admits(r.SortValues, r.Ref.Item.Number, _descending) != false);

    private List<OrderedRow> Sort(List<OrderedRow> run)
    {
        run.Sort((x, y) => Compare(x, y.SortValues, y.Ref.Item.Number, y.Ref.Index));
        return run;
    }

    /// <summary>Whether an item's place in the index is its place in the order: then nothing need be sorted.</summary>
    private bool IsPlace(IndexKey key) => _descending.Length == 1 && key.IsExact;

    /// <summary>Where the index is to be read from; <see langword="null"/> for its beginning.</summary>
    private IndexEntry? StartOf(QueryPosition from, ResumeFilter? resume)
    {
        IndexEntry? start = null;
        if (!from.IsStart)
        {
            var key = KeyOf(from.SortValues[0]);
            start = IsPlace(key) ? new IndexEntry(key, from.Number) : Edge(key);
        }

        return resume is { Values: [var first, ..] } && Edge(KeyOf(first)) is var edge && (start is not { } known || (edge > known) != _descending[0]) ? edge : start;
    }

    /// <summary>Where the items with a key begin, in the direction of the order.</summary>
    private IndexEntry Edge(IndexKey key) => _descending[0] ? IndexEntry.After(key) : IndexEntry.Before(key);

    private static IndexKey KeyOf(SqlValue value) => value.Type switch
    {
        SqlType.Boolean => IndexKey.Of(value.IsTrue),
        SqlType.Number => IndexKey.Of(value.Number),
        SqlType.String => IndexKey.Of(value.Text),
        var other => IndexKey.Of((IndexKeyType)other),
    };

    /// <summary>Ties are in the order of the items' numbers, in the direction of the first column, so that pages neither repeat nor lose rows.</summary>
    private int Compare(OrderedRow row, IReadOnlyList<SqlValue> sortValues, long number, int index)
    {
        var order = SqlOrder.Compare(row.SortValues, sortValues, _descending);
        if (order != 0)
        {
            return order;
        }

        order = row.Ref.Item.Number.CompareTo(number);
        return order == 0 ? row.Ref.Index.CompareTo(index) : _descending[0] ? -order : order;
    }
}

/// <summary>A row with what it sorts by.</summary>
internal sealed record OrderedRow(QueryRowRef Ref, IReadOnlyList<SqlValue> SortValues);
