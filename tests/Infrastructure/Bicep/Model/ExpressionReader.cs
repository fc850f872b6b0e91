using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Bicep.Model;

/// <summary>Makes expressions of syntax.</summary>
public static class ExpressionReader
{
    /// <summary>Reads one expression.</summary>
    /// <exception cref="NotSupportedException">The construct is one that the checks do not know.</exception>
    public static Expression Read(SyntaxNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return OperatorReader.IsComposed(node) || node.Kind == "lambda_expression" ? OperatorReader.Read([node], ReadOperand) : ReadOperand(node);
    }

    /// <summary>Reads an object; resources in it are left out.</summary>
    public static ObjectLiteral ReadObject(SyntaxNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return new ObjectLiteral(node.At, [
            .. from property in node.Rules
               where property.Kind == "object_property" && property.Find("resource_declaration") is null
               let parts = property.Rules.ToList()
               select new ObjectProperty(
                   parts[0].Kind == "string" ? TextLiteralReader.Read(parts[0]) : new Literal(parts[0].At, parts[0].Text),
                   Read(parts[^1])),
        ]);
    }

    /// <summary>Reads what a loop goes through.</summary>
    public static Repetition ReadRepetition(SyntaxNode loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        var parts = loop.Rules.ToList();
        return parts[0].Kind == "for_loop_parameters"
            ? new Repetition(parts[0].Find("loop_variable")!.Text, parts[0].Find("loop_enumerator")!.Text, Read(parts[1]))
            : new Repetition(parts[0].Text, null, Read(parts[1]));
    }

    /// <summary>
    /// The items of an array, each as the nodes it is made of: the grammar needs nothing between two items and so takes <c>a[0]</c> for two;
    /// Bicep needs a comma or the end of a line.
    /// </summary>
    private static List<List<SyntaxNode>> ItemsOf(SyntaxNode array)
    {
        var items = new List<List<SyntaxNode>>();
        foreach (var node in array.Rules)
        {
            if (items.Count > 0 && array.Slice(items[^1][^1].End, node.Start).AsSpan().IndexOfAny(',', '\n') < 0)
            {
                items[^1].Add(node);
            }
            else
            {
                items.Add([node]);
            }
        }

        return items;
    }

    private static Expression ReadOperand(SyntaxNode node) => node.Kind switch
    {
        "identifier" or "primitive_type" => new Name(node.At, node.Text),
        "string" => TextLiteralReader.Read(node),
        "number" => new Literal(node.At, long.Parse(node.Text)),
        "boolean" => new Literal(node.At, node.Text == "true"),
        "null" => new Literal(node.At, null),
        "parenthesized_expression" => Read(node.Rules.Single()),
        "array" => new ArrayLiteral(node.At, [.. ItemsOf(node).Select(item => OperatorReader.Read(item, ReadOperand))]),
        "object" => ReadObject(node),
        "for_statement" => new Comprehension(node.At, ReadRepetition(node), Read(node.Part("body"))),
        _ => throw new NotSupportedException($"{node.At}: the checks of infra/ do not know a {node.Kind}."),
    };
}
