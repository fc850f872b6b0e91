using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Fills a page with rows, and keeps count of OFFSET, LIMIT and TOP over all pages of the query.</summary>
internal sealed class QueryPageBuilder(SqlQuery query, QueryPageLimits limits, QueryPosition from)
{
    private readonly List<ReadOnlyMemory<byte>> _rows = [];
    private QueryPosition _position = from;
    private long _bytes;
    private bool _isLast = true;

    /// <summary>Takes the next row.</summary>
    /// <returns>Whether there is room for another one. A row for which there is none was not taken.</returns>
    public bool Add(ReadOnlyMemory<byte> row, IReadOnlyList<SqlValue> sortValues, long number)
    {
        if (_position.Given >= (query.MaxRows ?? long.MaxValue))
        {
            return false;
        }

        if (_position.Skipped < query.Offset)
        {
            _position = new QueryPosition(sortValues, number, _position.Skipped + 1, _position.Given);
            return true;
        }

        if (_rows.Count >= limits.Rows || (_rows.Count > 0 && _bytes + row.Length > limits.Bytes))
        {
            _isLast = false;
            return false;
        }

        _rows.Add(row);
        _bytes += row.Length;
        _position = new QueryPosition(sortValues, number, _position.Skipped, _position.Given + 1);
        return _position.Given < (query.MaxRows ?? long.MaxValue);
    }

    public QueryPage Build(int itemsRead, SessionPosition session) => new(_rows, _isLast ? null : _position, itemsRead, session);
}
