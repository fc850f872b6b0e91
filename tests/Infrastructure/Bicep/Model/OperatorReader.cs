using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Bicep.Model;

/// <summary>
/// Puts operators and operands together by Bicep's precedence (https://learn.microsoft.com/azure/azure-resource-manager/bicep/operators). The
/// grammar gives <c>.</c>, <c>[]</c> and calls the lowest one and so reads <c>a == b.c</c> as <c>(a == b).c</c>. Written parentheses are
/// nodes of their own, so the sequence of what stands between them is all that is taken from the tree.
/// </summary>
internal sealed class OperatorReader
{
    private static readonly string[][] Levels =
        [["??"], ["||"], ["&&"], ["==", "!=", "=~", "!~"], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]];

    private readonly List<SyntaxNode> _items = [];
    private readonly Func<SyntaxNode, Expression> _readOperand;
    private int _next;

    private OperatorReader(IEnumerable<SyntaxNode> nodes, Func<SyntaxNode, Expression> readOperand)
    {
        _readOperand = readOperand;
        foreach (var node in nodes)
        {
            Flatten(node);
        }
    }

    /// <summary>Reads an expression with operators in it.</summary>
    /// <param name="nodes">The nodes that it is made of.</param>
    /// <param name="readOperand">Reads what is no operator.</param>
    public static Expression Read(IEnumerable<SyntaxNode> nodes, Func<SyntaxNode, Expression> readOperand)
    {
        var reader = new OperatorReader(nodes, readOperand);
        var expression = reader.ReadChoice();
        return reader._next == reader._items.Count
            ? expression
            : throw new NotSupportedException($"{reader._items[reader._next].At}: '{reader._items[reader._next].Text}' does not follow from what stands before it.");
    }

    /// <summary>Whether a node is put together of others that an operator stands between.</summary>
    public static bool IsComposed(SyntaxNode node) => node.Kind is "ternary_expression" or "binary_expression" or "unary_expression" || IsPostfix(node);

    private static bool IsPostfix(SyntaxNode node) => node.Kind is "member_expression" or "subscript_expression" or "resource_expression" or "call_expression";

    /// <summary>The tree in the order of the source. A postfix stands for what follows its target.</summary>
    private void Flatten(SyntaxNode node)
    {
        if (IsPostfix(node))
        {
            Flatten(node.Children[0]);
            _items.Add(node);
        }
        else if (IsComposed(node))
        {
            foreach (var child in node.Children)
            {
                Flatten(child);
            }
        }
        else if (node.Kind == "lambda_expression")
        {
            _items.Add(node);
            Flatten(node.Rules.Last());
        }
        else
        {
            _items.Add(node);
        }
    }

    private bool Take(params ReadOnlySpan<string> tokens)
    {
        if (_next == _items.Count || _items[_next].IsNamed || !tokens.Contains(_items[_next].Kind))
        {
            return false;
        }

        _next++;
        return true;
    }

    private Expression ReadChoice()
    {
        var condition = ReadBinary(0);
        if (!Take("?"))
        {
            return condition;
        }

        var whenTrue = ReadChoice();
        return Take(":")
            ? new Choice(condition.At, condition, whenTrue, ReadChoice())
            : throw new NotSupportedException($"{condition.At}: a '?' without its ':'.");
    }

    private Expression ReadBinary(int level)
    {
        if (level == Levels.Length)
        {
            return ReadUnary();
        }

        var left = ReadBinary(level + 1);
        while (Take(Levels[level]))
        {
            var sign = _items[_next - 1].Kind;
            left = new Binary(left.At, left, sign, ReadBinary(level + 1));
        }

        return left;
    }

    private Expression ReadUnary()
    {
        var at = _items[_next].At;
        if (Take("!", "-"))
        {
            var sign = _items[_next - 1].Kind;
            return new Unary(at, sign, ReadUnary());
        }

        var node = _items[_next++];
        if (node.Kind == "lambda_expression")
        {
            return new Lambda(node.At, NamesOf(node.Rules.First()), ReadChoice());
        }

        var expression = _readOperand(node);
        while (_next < _items.Count && (IsPostfix(_items[_next]) || _items[_next].Kind == "array"))
        {
            expression = PostfixReader.Read(_items[_next++], expression);
        }

        return expression;
    }

    private static IReadOnlyList<string> NamesOf(SyntaxNode parameters) =>
        parameters.Kind == "parenthesized_expression" ? [.. parameters.Rules.Select(r => r.Text)] : [parameters.Text];
}
