using System.Globalization;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Reads what expressions begin with: literals, parameters, names, calls, brackets, objects and arrays.</summary>
internal sealed class SqlPrimaryParser(SqlTokens tokens, SqlExpressionParser expressions, IReadOnlyDictionary<string, SqlValue> parameters)
{
    private readonly List<(string Name, int Position)> _roots = [];
    private readonly List<SqlExpression.Aggregate> _aggregates = [];

    /// <summary>Reads a literal or a parameter.</summary>
    public SqlValue ReadLiteral() => TryReadLiteral() ?? throw tokens.Unexpected("a literal or a parameter");

    /// <summary>The aggregates read since the last time.</summary>
    public IReadOnlyList<SqlExpression.Aggregate> TakeAggregates()
    {
        List<SqlExpression.Aggregate> taken = [.. _aggregates];
        _aggregates.Clear();
        return taken;
    }

    /// <summary>Checks that every name outside of a path is the one that FROM gives.</summary>
    /// <exception cref="SqlSyntaxException">One is not.</exception>
    public void CheckNames(string alias)
    {
        foreach (var (name, position) in _roots)
        {
            if (!string.Equals(name, alias, StringComparison.Ordinal))
            {
                throw new SqlSyntaxException($"Identifier '{name}' could not be resolved", position);
            }
        }
    }

    public SqlExpression Read()
    {
        if (TryReadLiteral() is { } literal)
        {
            return new SqlExpression.Literal(literal);
        }

        if (tokens.TryTakeSymbol("("))
        {
            return ReadParenthesis();
        }

        if (tokens.TryTakeSymbol("["))
        {
            return new SqlExpression.ArrayOf(expressions.ReadList("]"));
        }

        if (tokens.TryTakeSymbol("{"))
        {
            return ReadObject();
        }

        return tokens.Current.Kind == SqlTokenKind.Word ? ReadName() : throw tokens.Unexpected("an expression");
    }

    private SqlExpression ReadParenthesis()
    {
        if (tokens.Current.IsWord("SELECT"))
        {
            throw SqlSyntaxException.NotSupported("A subquery", tokens.Current.Start);
        }

        var inner = expressions.Read();
        tokens.ExpectSymbol(")");
        return inner;
    }

    private SqlExpression ReadName()
    {
        var name = tokens.Take();
        if (name.IsWord("EXISTS") || name.IsWord("ARRAY") || name.IsWord("ALL"))
        {
            throw SqlSyntaxException.NotSupported($"{name.Text} with a subquery", name.Start);
        }

        if (name.IsWord("udf") && tokens.Current.IsSymbol("."))
        {
            throw SqlSyntaxException.NotSupported("A user-defined function", name.Start);
        }

        if (!tokens.TryTakeSymbol("("))
        {
            _roots.Add((name.Text, name.Start));
            return new SqlExpression.Root();
        }

        var arguments = expressions.ReadList(")");
        if (SqlAggregates.Find(name.Text) is not { } aggregate)
        {
            return new SqlExpression.Call(SqlFunctions.Find(name.Text, arguments.Count, name.Start), arguments);
        }

        if (arguments.Count != 1)
        {
            throw new SqlSyntaxException($"{name.Text} takes one argument, not {arguments.Count}", name.Start);
        }

        var expression = new SqlExpression.Aggregate(aggregate, arguments[0]);
        _aggregates.Add(expression);
        return expression;
    }

    private SqlExpression.ObjectOf ReadObject()
    {
        var members = new List<KeyValuePair<string, SqlExpression>>();
        while (!tokens.TryTakeSymbol("}"))
        {
            if (members.Count > 0)
            {
                tokens.ExpectSymbol(",");
            }

            var name = tokens.Current.Kind == SqlTokenKind.String ? tokens.Take().Text : tokens.ExpectName("the name of a member");
            tokens.ExpectSymbol(":");
            members.Add(new(name, expressions.Read()));
        }

        return new SqlExpression.ObjectOf(members);
    }

    private SqlValue? TryReadLiteral()
    {
        var token = tokens.Current;
        SqlValue? value = token.Kind switch
        {
            SqlTokenKind.String => SqlValue.Of(token.Text),
            SqlTokenKind.Number => SqlValue.Of(double.Parse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture)),
            SqlTokenKind.Parameter => parameters.TryGetValue(token.Text, out var given)
                ? given
                : throw new SqlSyntaxException($"The parameter {token.Text} is not given", token.Start),
            SqlTokenKind.Word when !tokens.Following.IsSymbol("(") => Constant(token),
            _ => null,
        };
        if (value is not null)
        {
            tokens.Take();
        }

        return value;
    }

    private static SqlValue? Constant(SqlToken word) =>
        word.IsWord("true") ? SqlValue.True
        : word.IsWord("false") ? SqlValue.False
        : word.IsWord("null") ? SqlValue.Null
        : word.IsWord("undefined") ? SqlValue.Undefined
        : null;
}
