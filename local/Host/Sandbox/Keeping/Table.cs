using System.Text.Json;

namespace EventFunctions.Local.Host.Sandbox.Keeping;

/// <summary>Rows of one kind by their keys. Read inside <see cref="SandboxBooks.Read"/> or a change, and changed by <see cref="Change.Put"/> alone.</summary>
/// <typeparam name="T">A record: a row is replaced, never changed.</typeparam>
internal sealed class Table<T> : ITable
    where T : class
{
    private readonly Dictionary<string, T> _rows = new(StringComparer.Ordinal);

    /// <summary>Makes the table with the rows that were kept.</summary>
    /// <exception cref="InvalidDataException">A row is none of this version.</exception>
    public Table(string name, IEnumerable<KeyValuePair<string, JsonElement>> kept)
    {
        Name = name;
        foreach (var (key, row) in kept)
        {
            _rows[key] = Read(key, row);
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>The rows, in no particular order.</summary>
    public IReadOnlyCollection<T> Rows => _rows.Values;

    /// <summary>A row, or <see langword="null"/>.</summary>
    public T? Find(string key) => _rows.GetValueOrDefault(key);

    /// <summary>Puts a row in the place of the one that had its key. Only a change does it: the journal has to hear of it.</summary>
    public void Put(string key, T row) => _rows[key] = row;

    private T Read(string key, JsonElement row)
    {
        try
        {
            return row.Deserialize<T>(BookRecord.Format) ?? throw new JsonException("it is null");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"Row '{key}' of the table '{Name}' is none of this version: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<BookEntry> Note() => [.. _rows.Select(row => new BookEntry(Name, row.Key, row.Value))];
}

/// <summary>A table, whatever its rows are.</summary>
internal interface ITable
{
    /// <summary>Its name, by which its rows are kept.</summary>
    string Name { get; }

    /// <summary>All its rows as they are.</summary>
    IReadOnlyList<BookEntry> Note();
}

/// <summary>A row with its place.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Key">The row's key.</param>
/// <param name="Row">The row.</param>
internal sealed record BookEntry(string Table, string Key, object Row);
