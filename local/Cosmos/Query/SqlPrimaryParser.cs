using System.Globalization;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Reads what expressions begin with: literals, parameters, names, calls, brackets, objects, arrays and subqueries.</summary>
internal sealed class SqlPrimaryParser(
    SqlTokens tokens, SqlNames names, SqlExpressionParser expressions, IReadOnlyDictionary<string, SqlValue> parameters, Func<SqlQuery> readNested)
{
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

    /// <summary>Puts aggregates back that were taken while a query inside of theirs was read.</summary>
    public void GiveBack(IEnumerable<SqlExpression.Aggregate> taken) => _aggregates.AddRange(taken);

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
        var start = tokens.Current.Start;
        var inner = tokens.Current.IsWord("SELECT") ? new SqlExpression.Scalar(readNested(), start) : expressions.Read();
        tokens.ExpectSymbol(")");
        return inner;
    }

    private SqlExpression ReadName()
    {
        var name = tokens.Take();
        if (tokens.Current.IsSymbol("(") && tokens.Following.IsWord("SELECT"))
        {
            return ReadOfSubquery(name);
        }

        if (name.IsWord("udf") && tokens.Current.IsSymbol("."))
        {
            throw SqlSyntaxException.NotSupported("A user-defined function", name.Start);
        }

        if (!tokens.TryTakeSymbol("("))
        {
            names.Met(name.Text, name.Start);
            return new SqlExpression.Name(name.Text);
        }

        var before = _aggregates.Count;
        var arguments = expressions.ReadList(")");
        if (SqlAggregates.Find(name.Text) is not { } aggregate)
        {
            return SqlFunctions.Find(name.Text, arguments, name.Start);
        }

        if (arguments.Count != 1 || _aggregates.Count > before)
        {
            throw new SqlSyntaxException($"{name.Text} takes one argument, and none with an aggregate in it", name.Start);
        }

        var expression = new SqlExpression.Aggregate(aggregate, arguments[0]);
        _aggregates.Add(expression);
        return expression;
    }

    private SqlExpression ReadOfSubquery(SqlToken name)
    {
        tokens.ExpectSymbol("(");
        var query = readNested();
        tokens.ExpectSymbol(")");
        return name.IsWord("EXISTS") ? new SqlExpression.Exists(query)
            : name.IsWord("ARRAY") ? new SqlExpression.ArrayOfQuery(query)
            : throw SqlSyntaxException.NotSupported($"{name.Text} with a subquery", name.Start);
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
