using System.Globalization;

namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Reads a filter expression. Binding, loosest first: OR, AND, NOT, predicates, + and -, * / and %, sign. Parentheses may hold a
/// condition or an operand, so both are read alike and told apart by what was found.
/// </summary>
internal sealed class SqlParser(IReadOnlyList<SqlToken> tokens, IReadOnlyDictionary<string, object> parameters)
{
    /// <summary>Deep enough for any expression of 1,024 characters that means something, shallow enough for the stack.</summary>
    private const int MaxDepth = 200;

    private int _at;
    private int _depth;

    private SqlToken Current => tokens[_at];

    /// <summary>A parser of an expression.</summary>
    /// <exception cref="SqlFilterSyntaxException">It is too long, or has something that is no word of the language.</exception>
    public static SqlParser Of(string expression, IReadOnlyDictionary<string, object>? parameters) =>
        expression.Length > SqlFilter.MaxLength
            ? throw new SqlFilterSyntaxException($"an expression has at most {SqlFilter.MaxLength} characters", SqlFilter.MaxLength)
            : new SqlParser(new SqlLexer(expression).Read(), parameters ?? BrokerMessage.NoProperties);

    /// <summary>Reads a filter: one condition.</summary>
    public SqlCondition ParseFilter()
    {
        var condition = Condition(Or());
        return Current.Kind == SqlTokenKind.End ? condition : throw Unexpected("the end, AND or OR");
    }

    /// <summary>Reads an action: statements, each of which may end in a semicolon.</summary>
    public IReadOnlyList<SqlStatement> ParseAction()
    {
        var statements = new List<SqlStatement>();
        do
        {
            statements.Add(Statement());
            Accept(";");
        }
        while (Current.Kind != SqlTokenKind.End);

        return statements;
    }

    private SqlStatement Statement()
    {
        var verb = Advance();
        switch (verb.Kind == SqlTokenKind.Identifier ? verb.Text.ToUpperInvariant() : null)
        {
            case "SET":
                var property = Property();
                Expect("=");
                return new SqlStatement.Set(property, Operand(Sum()));
            case "REMOVE":
                return new SqlStatement.Remove(Property());
            default:
                throw Unexpected("SET or REMOVE", verb);
        }
    }

    private SqlOperand Property() => SqlOperandReader.IsProperty(Operand(Primary())) ?? throw Unexpected("a property");

    private SqlExpression Or()
    {
        var left = And();
        while (Accept("OR"))
        {
            left = new SqlCondition.Or(Condition(left), Condition(And()));
        }

        return left;
    }

    private SqlExpression And()
    {
        var left = Not();
        while (Accept("AND"))
        {
            left = new SqlCondition.And(Condition(left), Condition(Not()));
        }

        return left;
    }

    private SqlExpression Not()
    {
        if (!Accept("NOT"))
        {
            return Predicate();
        }

        Enter();
        var operand = Condition(Not());
        _depth--;
        return new SqlCondition.Not(operand);
    }

    private SqlExpression Predicate()
    {
        if (Accept("EXISTS"))
        {
            Expect("(");
            var property = Property();
            Expect(")");
            return new SqlCondition.Exists(property);
        }

        var left = Sum();
        if (Current is { Kind: SqlTokenKind.Symbol, Text: "=" or "<>" or "!=" or "<" or "<=" or ">" or ">=" })
        {
            var op = Advance().Text;
            return new SqlCondition.Comparison(op == "!=" ? "<>" : op, Operand(left), Operand(Sum()));
        }

        if (Accept("IS"))
        {
            var negated = Accept("NOT");
            Expect("NULL");
            return Negate(negated, new SqlCondition.IsNull(Operand(left)));
        }

        if (Current.Is("NOT") && (tokens[_at + 1].Is("IN") || tokens[_at + 1].Is("LIKE")))
        {
            Advance();
            return Negate(true, Accept("IN") ? In(Operand(left)) : Like(Operand(left)));
        }

        return Accept("IN") ? In(Operand(left)) : Current.Is("LIKE") ? Like(Operand(left)) : left;
    }

    private SqlCondition.In In(SqlOperand left)
    {
        Expect("(");
        var values = new List<SqlOperand> { Operand(Sum()) };
        while (Accept(","))
        {
            values.Add(Operand(Sum()));
        }

        Expect(")");
        return new SqlCondition.In(left, values);
    }

    private SqlCondition.Like Like(SqlOperand left)
    {
        Expect("LIKE");
        var pattern = Operand(Sum());
        return new SqlCondition.Like(left, pattern, Accept("ESCAPE") ? Operand(Sum()) : null);
    }

    private SqlExpression Sum()
    {
        var left = Product();
        while (Current.Is("+") || Current.Is("-"))
        {
            var op = Advance().Text[0];
            left = new SqlOperand.Arithmetic(op, Operand(left), Operand(Product()));
        }

        return left;
    }

    private SqlExpression Product()
    {
        var left = Signed();
        while (Current.Is("*") || Current.Is("/") || Current.Is("%"))
        {
            var op = Advance().Text[0];
            left = new SqlOperand.Arithmetic(op, Operand(left), Operand(Signed()));
        }

        return left;
    }

    private SqlExpression Signed()
    {
        if (!Current.Is("+") && !Current.Is("-"))
        {
            return Primary();
        }

        var sign = Advance().Text[0];
        if (sign == '-' && Current.Kind == SqlTokenKind.Integer && Current.Text.TrimStart('0') == "9223372036854775808")
        {
            Advance(); // the one integer that exists only with its sign
            return new SqlOperand.Constant(long.MinValue);
        }

        Enter();
        var operand = Operand(Signed());
        _depth--;
        return new SqlOperand.Sign(sign, operand);
    }

    private SqlExpression Primary()
    {
        if (Accept("("))
        {
            Enter();
            var inner = Or();
            _depth--;
            Expect(")");
            return inner;
        }

        var token = Advance();
        return token.Kind switch
        {
            SqlTokenKind.Text => new SqlOperand.Constant(token.Text),
            SqlTokenKind.Integer => new SqlOperand.Constant(SqlOperandReader.Integer(token)),
            SqlTokenKind.Real => new SqlOperand.Constant(double.Parse(token.Text, CultureInfo.InvariantCulture)),
            SqlTokenKind.Parameter => new SqlOperand.Constant(SqlOperandReader.Parameter(token, parameters)),
            SqlTokenKind.Keyword when token.Text is "TRUE" or "FALSE" => new SqlOperand.Constant(token.Text == "TRUE"),
            SqlTokenKind.Keyword when token.Text is "NULL" => new SqlOperand.Constant(null),
            SqlTokenKind.Identifier when Accept("(") => Function(token),
            SqlTokenKind.Identifier when Accept(".") => SqlOperandReader.Scoped(token, Identifier()),
            SqlTokenKind.Identifier => new SqlOperand.UserProperty(token.Text),
            _ => throw Unexpected("a property, a constant or a function", token),
        };
    }

    private SqlOperand Function(SqlToken name)
    {
        SqlOperand call = name.Text.ToUpperInvariant() switch
        {
            "NEWID" => new SqlOperand.NewId(),
            "PROPERTY" or "P" => new SqlOperand.NamedProperty(Operand(Sum())),
            _ => throw new SqlFilterSyntaxException($"there is no function {name.Text}; there are newid, property and p", name.Position),
        };
        Expect(")");
        return call;
    }

    private SqlToken Identifier() =>
        Advance() is { Kind: SqlTokenKind.Identifier or SqlTokenKind.Keyword } token ? token : throw Unexpected("a property name", tokens[_at - 1]);

    private static SqlCondition Negate(bool negated, SqlCondition condition) =>
        negated ? new SqlCondition.Not(condition) : condition;

    private SqlCondition Condition(SqlExpression expression) => expression as SqlCondition
        ?? throw Unexpected("a comparison (a value alone is no condition; write '= TRUE')");

    private SqlOperand Operand(SqlExpression expression) => expression as SqlOperand
        ?? throw Unexpected("a value (a condition cannot be compared or computed with)");

    private SqlToken Advance() => Current.Kind == SqlTokenKind.End ? Current : tokens[_at++];

    private bool Accept(string keywordOrSymbol)
    {
        if (!Current.Is(keywordOrSymbol))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(string keywordOrSymbol)
    {
        if (!Accept(keywordOrSymbol))
        {
            throw Unexpected(keywordOrSymbol);
        }
    }

    private void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw new SqlFilterSyntaxException("the expression is nested too deeply", Current.Position);
        }
    }

    private SqlFilterSyntaxException Unexpected(string expected) => Unexpected(expected, Current);

    private static SqlFilterSyntaxException Unexpected(string expected, SqlToken found) => new(
        found.Kind == SqlTokenKind.End
            ? $"the expression ends where {expected} is expected"
            : $"'{found.Text}' stands where {expected} is expected",
        found.Position);
}
