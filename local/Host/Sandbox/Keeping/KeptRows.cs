using System.Text.Json;

namespace EventFunctions.Local.Host.Sandbox.Keeping;

/// <summary>The rows that a journal holds, by table, until the tables are made.</summary>
internal sealed class KeptRows
{
    private readonly Dictionary<string, Dictionary<string, JsonElement>> _tables = new(StringComparer.Ordinal);
    private bool _isTitled;

    /// <summary>Whether there was anything.</summary>
    public bool IsEmpty => !_isTitled;

    /// <summary>Takes the next record.</summary>
    /// <exception cref="InvalidDataException">It is none of the sandbox's books.</exception>
    public void Take(byte kind, ReadOnlySpan<byte> payload)
    {
        switch (kind)
        {
            case BookRecord.Header when payload.SequenceEqual(BookRecord.Title):
                _isTitled = true;
                break;
            case BookRecord.Rows when _isTitled:
                foreach (var (table, key, row) in BookRecord.Read(payload))
                {
                    Of(table)[key] = row;
                }

                break;
            default:
                throw new InvalidDataException("This is no record of the sandbox's books, or one of another version");
        }
    }

    /// <summary>Hands over a table's rows; afterwards they are not kept here.</summary>
    public IReadOnlyDictionary<string, JsonElement> Claim(string table) =>
        _tables.Remove(table, out var rows) ? rows : new Dictionary<string, JsonElement>();

    private Dictionary<string, JsonElement> Of(string table)
    {
        if (!_tables.TryGetValue(table, out var rows))
        {
            rows = _tables[table] = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        }

        return rows;
    }
}
