namespace EventFunctions.Local.Host.Sandbox.Keeping;

/// <summary>The rows that one step of a partner's puts: all of them are kept, or none.</summary>
internal sealed class Change
{
    private readonly List<BookEntry> _entries = [];

    /// <summary>What was put, in order.</summary>
    public IReadOnlyList<BookEntry> Entries => _entries;

    /// <summary>Puts a row in the place of the one that had its key.</summary>
    /// <returns>The row.</returns>
    public T Put<T>(Table<T> table, string key, T row)
        where T : class
    {
        table.Put(key, row);
        _entries.Add(new BookEntry(table.Name, key, row));
        return row;
    }
}
