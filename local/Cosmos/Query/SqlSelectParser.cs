namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Reads what a SELECT clause gives.</summary>
internal sealed class SqlSelectParser(SqlTokens tokens, SqlExpressionParser expressions)
{
    public SqlSelect Read()
    {
        if (tokens.TryTakeSymbol("*"))
        {
            return new SqlSelect.Star();
        }

        if (tokens.Current.IsWord("VALUE") && !tokens.Following.IsSymbol("."))
        {
            tokens.Take();
            return new SqlSelect.Value(expressions.ReadClause());
        }

        var members = new List<KeyValuePair<string, SqlClause>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var unnamed = 0;
        do
        {
            var clause = expressions.ReadClause();
            var name = expressions.ReadAlias() ?? NameOf(clause.Expression) ?? $"${++unnamed}";
            if (!names.Add(name))
            {
                throw new SqlSyntaxException($"The name '{name}' is given twice in the SELECT clause", tokens.Current.Start);
            }

            members.Add(new(name, clause));
        }
        while (tokens.TryTakeSymbol(","));

        return new SqlSelect.List(members);
    }

    /// <summary>The name an expression has by itself: a path's last, or what FROM binds.</summary>
    public static string? NameOf(SqlExpression expression) => expression switch
    {
        SqlExpression.Member(_, SqlExpression.Literal { Value: { Type: SqlType.String } name }) => name.Text,
        SqlExpression.Name(var alias) => alias,
        _ => null,
    };
}
