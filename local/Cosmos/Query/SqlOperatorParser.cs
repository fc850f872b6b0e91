namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// Reads operators and what is between them. How strongly they bind is the service's own order, found by asking its query planner where it
/// puts brackets: NOT, unlike in other dialects, binds as strongly as a minus, and the bitwise operators more strongly than <c>||</c>, shifts
/// and comparisons.
/// </summary>
internal sealed class SqlOperatorParser(SqlTokens tokens, SqlExpressionParser expressions, SqlDepth depth)
{
    /// <summary>From the weakest to the strongest; those of one level are taken from left to right.</summary>
    private static readonly string[][] Levels =
        [["=", "!=", "<>", "<", "<=", ">", ">="], ["<<", ">>", ">>>"], ["||"], ["&", "|", "^"], ["+", "-"], ["*", "/", "%"]];

    /// <summary>Reads an expression down from <c>??</c>.</summary>
    public SqlExpression Read()
    {
        var left = ReadLogical(ReadAnd, "OR", isAnd: false);
        for (var length = 0; tokens.TryTakeSymbol("??"); length++)
        {
            left = new SqlExpression.Binary("??", left, ReadLogical(ReadAnd, "OR", isAnd: false));
            depth.RefuseChainOf(length);
        }

        return left;
    }

    private SqlExpression ReadAnd() => ReadLogical(ReadPredicate, "AND", isAnd: true);

    private SqlExpression ReadLogical(Func<SqlExpression> operand, string keyword, bool isAnd)
    {
        var first = operand();
        if (!tokens.Current.IsWord(keyword))
        {
            return first;
        }

        List<SqlExpression> operands = [first];
        while (tokens.TryTakeWord(keyword))
        {
            operands.Add(operand());
        }

        return new SqlExpression.Logical(isAnd, operands);
    }

    private SqlExpression ReadPredicate()
    {
        var left = ReadBinary(0);
        var negated = tokens.TryTakeWord("NOT");
        SqlExpression? predicate = null;
        if (tokens.TryTakeWord("BETWEEN"))
        {
            var low = ReadBinary(0);
            tokens.ExpectWord("AND");
            predicate = new SqlExpression.Between(left, low, ReadBinary(0));
        }
        else if (tokens.TryTakeWord("IN"))
        {
            tokens.ExpectSymbol("(");
            predicate = new SqlExpression.In(left, expressions.ReadList(")"));
        }
        else if (tokens.TryTakeWord("LIKE"))
        {
            predicate = new SqlExpression.Like(left, ReadBinary(0), ReadEscape());
        }

        return predicate is null && negated ? throw tokens.Unexpected("IN, BETWEEN or LIKE")
            : predicate is null ? left
            : negated ? new SqlExpression.Not(predicate) : predicate;
    }

    private char? ReadEscape()
    {
        if (!tokens.TryTakeWord("ESCAPE"))
        {
            return null;
        }

        var token = tokens.Take();
        return token is { Kind: SqlTokenKind.String, Text: [var escape] }
            ? escape
            : throw new SqlSyntaxException("ESCAPE takes a string of one character", token.Start);
    }

    private SqlExpression ReadBinary(int weakest)
    {
        var left = ReadUnary();
        for (var length = 0; LevelOf(tokens.Current) is var level && level >= weakest; length++)
        {
            depth.RefuseChainOf(length);
            left = new SqlExpression.Binary(tokens.Take().Text, left, ReadBinary(level + 1));
        }

        return left;
    }

    private SqlExpression ReadUnary()
    {
        var sign = tokens.Current;
        if (!sign.IsWord("NOT") && (sign.Kind != SqlTokenKind.Symbol || sign.Text is not ("-" or "+" or "~")))
        {
            return expressions.ReadPath(expressions.Primaries.Read());
        }

        depth.Enter();
        tokens.Take();
        var operand = ReadUnary();
        depth.Leave();
        return sign.Text switch
        {
            "-" => new SqlExpression.Negate(operand),
            "+" => new SqlExpression.Plus(operand),
            "~" => new SqlExpression.Complement(operand),
            _ => new SqlExpression.Not(operand),
        };
    }

    private static int LevelOf(SqlToken token) => token.Kind == SqlTokenKind.Symbol ? Array.FindIndex(Levels, l => l.Contains(token.Text)) : -1;
}
