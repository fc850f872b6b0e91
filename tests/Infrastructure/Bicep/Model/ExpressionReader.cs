using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Bicep.Model;

/// <summary>
/// Makes expressions of syntax. The grammar gives <c>.</c>, <c>[]</c> and calls the lowest precedence and so reads <c>a == b.c</c> as
/// <c>(a == b).c</c>; what Bicep means is restored here: written parentheses are a node of their own, so one that is not there was not meant.
/// </summary>
public static class ExpressionReader
{
    /// <summary>Reads one expression.</summary>
    /// <exception cref="NotSupportedException">The construct is one that the checks do not know.</exception>
    public static Expression Read(SyntaxNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Kind switch
        {
            "identifier" or "primitive_type" => new Name(node.At, node.Text),
            "string" => TextLiteralReader.Read(node),
            "number" => new Literal(node.At, long.Parse(node.Text)),
            "boolean" => new Literal(node.At, node.Text == "true"),
            "null" => new Literal(node.At, null),
            "parenthesized_expression" => Read(node.Rules.Single()),
            "array" => new ArrayLiteral(node.At, [.. node.Rules.Select(Read)]),
            "object" => ReadObject(node),
            "ternary_expression" => new Choice(node.At, Read(node.Part("condition")), Read(node.Part("consequence")), Read(node.Part("alternative"))),
            "binary_expression" => new Binary(node.At, Read(node.Part("left")), node.Part("operator").Text, Read(node.Part("right"))),
            "unary_expression" => new Unary(node.At, node.Part("operator").Text, Read(node.Part("argument"))),
            "lambda_expression" => ReadLambda(node),
            "for_statement" => ReadComprehension(node),
            "member_expression" or "subscript_expression" or "resource_expression" or "call_expression" => ReadPostfix(node),
            _ => throw new NotSupportedException($"{node.At}: the checks of infra/ do not know a {node.Kind}."),
        };
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

    private static Comprehension ReadComprehension(SyntaxNode node) => new(node.At, ReadRepetition(node), Read(node.Part("body")));

    private static Lambda ReadLambda(SyntaxNode node)
    {
        var parts = node.Rules.ToList();
        var names = parts[0].Kind == "parenthesized_expression" ? parts[0].Rules.Select(r => r.Text) : [parts[0].Text];
        return new Lambda(node.At, [.. names], Read(parts[1]));
    }

    private static Expression ReadPostfix(SyntaxNode node)
    {
        var target = Read(node.Children[0]);
        var isWhole = node.Children[0].Kind is not ("ternary_expression" or "binary_expression" or "unary_expression" or "lambda_expression");
        return isWhole ? Apply(node, target) : AtTheEndOf(target, last => Apply(node, last));
    }

    private static Expression AtTheEndOf(Expression expression, Func<Expression, Expression> apply) => expression switch
    {
        Choice choice => choice with { WhenFalse = AtTheEndOf(choice.WhenFalse, apply) },
        Binary binary => binary with { Right = AtTheEndOf(binary.Right, apply) },
        Unary unary => unary with { Argument = AtTheEndOf(unary.Argument, apply) },
        Lambda lambda => lambda with { Body = AtTheEndOf(lambda.Body, apply) },
        _ => apply(expression),
    };

    private static Expression Apply(SyntaxNode node, Expression target) => node.Kind switch
    {
        "member_expression" => new Member(target.At, target, node.Part("property").Text, node.Children.Any(c => c.Kind == ".?")),
        "subscript_expression" => new Element(target.At, target, Read(node.Part("index")), node.Children.Any(c => c.Kind == "?")),
        "resource_expression" => new NestedResource(target.At, target, node.Part("resource").Text),
        _ => ApplyCall(node, target),
    };

    private static Call ApplyCall(SyntaxNode node, Expression target)
    {
        IReadOnlyList<Expression> arguments = [.. node.Part("arguments").Rules.Select(Read)];
        return target switch
        {
            Name function => new Call(target.At, null, function.Text, arguments),
            Member { Target: Name { Text: "az" or "sys" } } function => new Call(target.At, null, function.Property, arguments),
            Member method => new Call(target.At, method.Target, method.Property, arguments),
            _ => throw new NotSupportedException($"{node.At}: this is no function that could be called."),
        };
    }
}
