using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Bicep.Model;

/// <summary>Reads what stands behind an expression and belongs to it: a property, an index, a resource inside, the arguments of a call.</summary>
internal static class PostfixReader
{
    public static Expression Read(SyntaxNode node, Expression target) => node.Kind switch
    {
        "member_expression" => new Member(target.At, target, node.Part("property").Text, node.Children.Any(c => c.Kind == ".?")),
        "subscript_expression" => new Element(target.At, target, ExpressionReader.Read(node.Part("index")), node.Children.Any(c => c.Kind == "?")),
        "array" => new Element(target.At, target, ExpressionReader.Read(node.Rules.Single()), Safe: false),
        "resource_expression" => new NestedResource(target.At, target, node.Part("resource").Text),
        _ => ReadCall(node, target),
    };

    private static Call ReadCall(SyntaxNode node, Expression target)
    {
        IReadOnlyList<Expression> arguments = [.. node.Part("arguments").Rules.Select(ExpressionReader.Read)];
        return target switch
        {
            Name function => new Call(target.At, null, function.Text, arguments),
            Member { Target: Name { Text: "az" or "sys" } } function => new Call(target.At, null, function.Property, arguments),
            Member method => new Call(target.At, method.Target, method.Property, arguments),
            _ => throw new NotSupportedException($"{node.At}: this is no function that could be called."),
        };
    }
}
