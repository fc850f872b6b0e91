using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Bicep.Model;

/// <summary>Makes declarations of a syntax tree without errors.</summary>
public static class BicepReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Relative to the root of the repository, with slashes: paths of modules are relative to it.</param>
    /// <exception cref="NotSupportedException">A construct is one that the checks do not know.</exception>
    public static BicepFile Read(string path, SyntaxNode tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var scope = "resourceGroup";
        var declarations = new List<Declaration>();
        IReadOnlyList<Call> decorators = [];
        foreach (var statement in tree.Rules)
        {
            switch (statement.Kind)
            {
                case "decorators":
                    decorators = [.. statement.Rules.Select(d => (Call)ExpressionReader.Read(d.Rules.Single()))];
                    continue;
                case "target_scope_assignment":
                    scope = (string)((Literal)TextLiteralReader.Read(statement.Rules.Single())).Value!;
                    break;
                case "metadata_declaration":
                    break;
                case "resource_declaration":
                    declarations.AddRange(ReadResources(statement, outer: null));
                    break;
                default:
                    declarations.Add(ReadDeclaration(path, statement, decorators));
                    break;
            }

            decorators = [];
        }

        return new BicepFile(path, scope, declarations);
    }

    private static Declaration ReadDeclaration(string path, SyntaxNode statement, IReadOnlyList<Call> decorators)
    {
        var parts = statement.Rules.ToList();
        var (at, name) = (statement.At, parts[0].Text);
        return statement.Kind switch
        {
            "parameter_declaration" => new Parameter(at, name, parts[1].Text, parts.Count > 2 ? ExpressionReader.Read(parts[2]) : null, decorators),
            "variable_declaration" => new Variable(at, name, ExpressionReader.Read(parts[1])),
            "output_declaration" => new Output(at, name, parts[1].Text, ExpressionReader.Read(parts[2]), decorators),
            "user_defined_function" => new Function(at, name, new Lambda(
                at, [.. parts[1].Rules.Select(p => p.Rules.First().Text)], ExpressionReader.Read(parts[^1]))),
            "module_declaration" => ReadModule(path, statement, parts),
            _ => throw new NotSupportedException($"{at}: the checks of infra/ do not know a {statement.Kind}."),
        };
    }

    private static Module ReadModule(string path, SyntaxNode statement, List<SyntaxNode> parts)
    {
        var (repetition, condition, body) = ReadBody(parts[2]);
        var folder = Path.GetDirectoryName(path)!;
        var target = Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", folder, TextOf(parts[1])))).Replace('\\', '/');
        return new Module(statement.At, parts[0].Text, target, repetition, condition, ExpressionReader.ReadObject(body));
    }

    private static IEnumerable<Resource> ReadResources(SyntaxNode statement, string? outer)
    {
        var parts = statement.Rules.ToList();
        var name = parts[0].Text;
        var (repetition, condition, body) = ReadBody(parts[2]);
        var type = TextOf(parts[1]).Split('@', 2);
        yield return new Resource(
            statement.At, name, type[0], type.ElementAtOrDefault(1), statement.Find("existing") is not null, outer,
            repetition, condition, ExpressionReader.ReadObject(body));

        foreach (var inner in body.Rules.Select(p => p.Find("resource_declaration")).OfType<SyntaxNode>())
        {
            foreach (var resource in ReadResources(inner, name))
            {
                yield return resource;
            }
        }
    }

    private static (Repetition? Repetition, Expression? Condition, SyntaxNode Body) ReadBody(SyntaxNode node)
    {
        Repetition? repetition = null;
        if (node.Kind == "for_statement")
        {
            repetition = ExpressionReader.ReadRepetition(node);
            node = node.Part("body");
        }

        return node.Kind == "if_statement"
            ? (repetition, ExpressionReader.Read(node.Rules.First()), node.Find("object")!)
            : (repetition, null, node);
    }

    private static string TextOf(SyntaxNode node) => (string)((Literal)TextLiteralReader.Read(node)).Value!;
}
