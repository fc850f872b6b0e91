namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Reads FROM and its JOINs.</summary>
internal sealed class SqlFromParser(SqlTokens tokens, SqlNames names, SqlExpressionParser expressions, Func<bool, SqlQuery> readNested)
{
    private string? _container;

    /// <param name="hasOuter">Whether a query around it may have bound names; if not, the first name is the container's.</param>
    /// <returns>The clause, and the names in it that only a query around it can bind.</returns>
    public (SqlFrom From, IReadOnlyList<(string Name, int Position)> OuterNames) Read(bool hasOuter)
    {
        var start = tokens.Current.Start;
        var parts = new List<SqlFromPart>();
        var outerNames = new List<(string, int)>();
        string? container = null;
        tokens.ExpectWord("FROM");
        do
        {
            var (position, mark) = (tokens.Current.Start, names.Mark);
            var bound = new SqlFrom(parts, container, string.Empty).Names;
            var part = ReadPart(hasOuter || parts.Count > 0);
            container ??= _container;
            _container = null;
            names.Bind(mark, bound);
            if (!hasOuter)
            {
                names.CheckAllBound(mark);
            }

            outerNames.AddRange(names.Take(mark));
            if (part.Alias is { } alias && bound.Contains(alias))
            {
                throw new SqlSyntaxException($"The name '{alias}' is given twice in the FROM clause", position);
            }

            parts.Add(parts.Count < SqlFrom.MostParts ? part : throw new SqlSyntaxException($"More than {SqlFrom.MostParts - 1} JOINs", position));
        }
        while (tokens.TryTakeWord("JOIN"));

        return (new SqlFrom(parts, container, tokens.SourceSince(start)), outerNames);
    }

    private SqlFromPart ReadPart(bool namesAreBound)
    {
        if (tokens.Following.IsWord("IN"))
        {
            var alias = tokens.ExpectName("a name");
            tokens.ExpectWord("IN");
            return TryReadSubquery(namesAreBound) is { } arrays
                ? new SqlFromPart.Subquery(alias, arrays, Iterates: true)
                : new SqlFromPart.Path(alias, ReadPath(namesAreBound, out _), Iterates: true);
        }

        if (TryReadSubquery(namesAreBound) is { } values)
        {
            return new SqlFromPart.Subquery(expressions.ReadAlias(), values, Iterates: false);
        }

        var path = ReadPath(namesAreBound, out var ownName);
        return new SqlFromPart.Path(expressions.ReadAlias() ?? ownName, path, Iterates: false);
    }

    private SqlQuery? TryReadSubquery(bool namesAreBound)
    {
        if (!tokens.TryTakeSymbol("("))
        {
            return null;
        }

        var query = readNested(namesAreBound);
        tokens.ExpectSymbol(")");
        return query;
    }

    /// <summary>Reads a path; without AS its last name is its own.</summary>
    private SqlExpression ReadPath(bool namesAreBound, out string? ownName)
    {
        var position = tokens.Current.Start;
        var root = tokens.Current.Kind == SqlTokenKind.Word
            ? tokens.ExpectName("a name")
            : throw SqlSyntaxException.NotSupported("FROM of anything but a container, a path or a subquery", position);
        if (namesAreBound)
        {
            names.Met(root, position);
        }
        else
        {
            _container = root;
        }

        var path = expressions.ReadPath(namesAreBound ? new SqlExpression.Name(root) : new SqlExpression.Item());
        ownName = path is SqlExpression.Member ? SqlSelectParser.NameOf(path) : root;
        return path;
    }
}
