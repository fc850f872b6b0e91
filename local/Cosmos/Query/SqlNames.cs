namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// The names met while a query is read. SELECT comes before the FROM that gives names their meaning, and a query inside of another may
/// use the outer one's; so a name waits here until a FROM around it turns out to bind it.
/// </summary>
internal sealed class SqlNames
{
    private readonly List<(string Name, int Position)> _unbound = [];

    /// <summary>How many names wait; what is met later lies beyond it.</summary>
    public int Mark => _unbound.Count;

    public void Met(string name, int position) => _unbound.Add((name, position));

    /// <summary>The names met since a mark that are none of these wait for a query further out; the others are bound.</summary>
    public void Bind(int mark, IReadOnlyCollection<string> aliases)
    {
        var others = _unbound[mark..].FindAll(n => !aliases.Contains(n.Name));
        _unbound.RemoveRange(mark, _unbound.Count - mark);
        _unbound.AddRange(others);
    }

    /// <summary>Takes the names met since a mark away, to give them back where only queries further out can bind them.</summary>
    public IReadOnlyList<(string Name, int Position)> Take(int mark)
    {
        var taken = _unbound[mark..];
        _unbound.RemoveRange(mark, _unbound.Count - mark);
        return taken;
    }

    public void GiveBack(IEnumerable<(string Name, int Position)> taken) => _unbound.AddRange(taken);

    /// <exception cref="SqlSyntaxException">A name met since the mark is bound by nothing.</exception>
    public void CheckAllBound(int mark)
    {
        if (_unbound.Count > mark)
        {
            throw new SqlSyntaxException($"Identifier '{_unbound[mark].Name}' could not be resolved", _unbound[mark].Position);
        }
    }
}
