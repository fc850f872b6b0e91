using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// Fills a page with rows, and keeps count of OFFSET, LIMIT and TOP over all pages of the query. DISTINCT holds for the page: what an
/// earlier one gave its reader takes out, as the service and its SDKs have it.
/// </summary>
internal sealed class QueryPageBuilder(SqlQuery query, QueryPageLimits limits, QueryPosition from)
{
    private readonly List<ReadOnlyMemory<byte>> _rows = [];
    private readonly HashSet<string>? _seen = query.Distinct ? new(StringComparer.Ordinal) : null;
    private QueryPosition _position = from;
    private long _bytes;
    private bool _isLast = true;

    /// <summary>Takes the next row.</summary>
    /// <returns>Whether there is room for another one. A row for which there is none was not taken.</returns>
    public bool Add(ReadOnlyMemory<byte> row, IReadOnlyList<SqlValue> sortValues, long number, int index)
    {
        if (_position.Given >= (query.MaxRows ?? long.MaxValue))
        {
            return false;
        }

        if (_seen?.Contains(KeyOf(row)) == true)
        {
            return true;
        }

        if (_position.Skipped < query.Offset)
        {
            _seen?.Add(KeyOf(row));
            _position = new QueryPosition(sortValues, number, index, _position.Skipped + 1, _position.Given);
            return true;
        }

        if (_rows.Count >= limits.Rows || (_rows.Count > 0 && _bytes + row.Length > limits.Bytes))
        {
            _isLast = false;
            return false;
        }

        _seen?.Add(KeyOf(row));
        _rows.Add(row);
        _bytes += row.Length;
        _position = new QueryPosition(sortValues, number, index, _position.Skipped, _position.Given + 1);
        return _position.Given < (query.MaxRows ?? long.MaxValue);
    }

    /// <param name="read">What was looked at for it.</param>
    public QueryPage Build(QueryItems read) => new(_rows, _isLast ? null : _position, read.Count, read.Bytes, read.Session);

    private static string KeyOf(ReadOnlyMemory<byte> row) => SqlCanonicalText.Of(SqlValue.Of(JsonElement.Parse(row.Span, ItemDocument.ReadOptions with { MaxDepth = 2 * ItemDocument.MaxDepth })));
}
