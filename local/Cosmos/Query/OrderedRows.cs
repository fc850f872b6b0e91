using System.Runtime.CompilerServices;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// The rows of a query in the order of its ORDER BY: by an index as far as they are asked for, or, where none serves, all of them, sorted.
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

        // One more than are wanted, which tells whether there are any behind them.
        var count = Math.Min(wanted, QueryItems.ReadAtOnce - 1) + 1;
        if (_order is null || await container.ReadInOrderAsync(scope, _order, StartOf(from, resume), wanted, count, cancellationToken) is not { } page)
        {
            yield return await SortAllAsync(from, resume, cancellationToken);
            yield break;
        }

        var (run, before) = (new List<OrderedRow>(), default(IndexEntry));
        for (var next = page; next is not null; next = await GoOnAsync(next, cancellationToken))
        {
            items.Session = next.Session;
            foreach (var ordered in next.Items)
            {
                if (run.Count > 0 && !AreTogether(before, ordered.Entry))
                {
                    yield return Sort(run);
                    run = [];
                }

                items.Look(ordered.Item);
                before = ordered.Entry;
                run.AddRange(RowsOf(ordered.Item, from, resume));
                if (IndexOrder.Telling(before) is null)
                {
                    // Its place in the index is its place in the order: nothing need be sorted.
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

        // Without an answer the partition has gone meanwhile.
        return page.Next is { } at ? await container.ReadInOrderAsync(scope, _order!, at, wanted: null, QueryItems.ReadAtOnce, cancellationToken) : null;
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

    /// <summary>Whether the index doesn't tell which of two items comes first.</summary>
    private static bool AreTogether(IndexEntry one, IndexEntry next) => IndexOrder.Telling(one) is { } telling && one.BeginsLike(next, telling);

    /// <summary>Where the index is to be read from; <see langword="null"/> for its beginning.</summary>
    private IndexEntry? StartOf(QueryPosition from, ResumeFilter? resume)
    {
        // The last item is done with, unless it has further rows.
        var step = !query.From.IsItemItself ? 0 : _descending[0] ? -1 : 1;
        var after = from.IsStart ? (IndexEntry?)null : PlaceOf(from.SortValues, from.Number + step);
        var resumed = resume is null ? (IndexEntry?)null : PlaceOf(resume.Values, resume.Number);
        return after is { } one && resumed is { } other ? (_order!.Compare(one, other) >= 0 ? one : other) : after ?? resumed;
    }

    /// <summary>The place of an item with some sort values, or, as far as the index does not tell, where the items with these begin.</summary>
    private IndexEntry PlaceOf(IReadOnlyList<SqlValue> sortValues, long? number)
    {
        IndexKey[] keys = [.. sortValues.Select(KeyOf)];
        return IndexOrder.Telling(IndexEntry.Of(keys, 0)) is { } telling ? _order!.BeginningOf(keys.AsSpan(0, telling))
            : number is { } known ? IndexEntry.Of(keys, known)
            : _order!.BeginningOf(keys);
    }

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
