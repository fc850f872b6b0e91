using System.Reflection;
using EventFunctions.EventSourcing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>What one HTTP-triggered function does.</summary>
/// <param name="Id">The function's name.</param>
/// <param name="Verb">The HTTP method, in lower case.</param>
/// <param name="Path">The address with its parameters in braces, e.g. <c>/api/orders/{orderId}</c>.</param>
/// <param name="Context">The folder of the app that it is in, e.g. <c>Ordering</c>.</param>
/// <param name="IsForOperators">Whether it asks for a function key.</param>
/// <param name="Purpose">What it does, a sentence or more.</param>
/// <param name="Answers">How it answers, in words.</param>
/// <param name="Method">The method behind it, with what it declares.</param>
internal sealed record ApiOperation(
    string Id, string Verb, string Path, string Context, bool IsForOperators, string Purpose, string Answers, MethodInfo Method)
{
    private const string Base = "/api/";

    /// <summary>The parameters in the address.</summary>
    public IReadOnlyList<string> PathParameters => [.. Path.Split('/').Where(s => s.StartsWith('{')).Select(s => s.Trim('{', '}'))];

    /// <summary>The operations of a function app, by address and method. What takes any method serves no address of its own.</summary>
    /// <exception cref="CatalogException">A function does not say what it does, or says another address than it has.</exception>
    public static IReadOnlyList<ApiOperation> In(Assembly app, XmlDocumentation texts) =>
    [
        .. from type in app.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           let trigger = method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(t => t is not null)
           where function is not null && trigger?.Methods is { Length: > 0 }
           let operation = Of(function.Name, trigger, method, texts)
           orderby operation.Path, operation.Verb
           select operation,
    ];

    private static ApiOperation Of(string id, HttpTriggerAttribute trigger, MethodInfo method, XmlDocumentation texts)
    {
        if (trigger.Methods is not [var verb] || trigger.Route is not { } route)
        {
            throw new CatalogException($"{id} has no route or several methods. Give it one of each, so that it is one operation.");
        }

        var path = Base + AddressOf(route);
        var type = method.DeclaringType!;
        return new ApiOperation(
            id,
            verb.ToLowerInvariant(),
            path,
            type.Namespace!.Split('.') is [_, var context, ..] ? context : type.Namespace,
            trigger.AuthLevel != AuthorizationLevel.Anonymous,
            PurposeOf(type, $"{verb.ToUpperInvariant()} {path}", texts),
            texts.OfMethod(method) ?? throw new CatalogException($"{type.Name}.{method.Name} does not say how it answers. Give it a summary."),
            method);
    }

    /// <summary>The route as clients see it: without constraints, and with the word itself where a parameter can be nothing else.</summary>
    private static string AddressOf(string route) => string.Join('/', TemplateParser.Parse(route).Segments.Select(segment => segment.Parts switch
    {
        [{ IsParameter: true } part] => WordOf(part) ?? $"{{{part.Name}}}",
        [{ IsLiteral: true } part] => part.Text,
        _ => throw new CatalogException($"The route '{route}' has a segment of several parts. Make each a segment of its own."),
    }));

    private static string? WordOf(TemplatePart part) => part.InlineConstraints.Select(c => c.Constraint)
        .Where(c => c.StartsWith("regex(^", StringComparison.Ordinal) && c.EndsWith("$)", StringComparison.Ordinal))
        .Select(c => c["regex(^".Length..^"$)".Length])
        .FirstOrDefault(word => word.All(c => char.IsAsciiLetter(c) || c == '-'));

    private static string PurposeOf(Type type, string address, XmlDocumentation texts)
    {
        var text = texts.OfType(type) ?? string.Empty;
        return text.StartsWith(address, StringComparison.Ordinal) && text.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon
            ? char.ToUpperInvariant(text[colon + 2]) + text[(colon + 3)..]
            : throw new CatalogException($"The summary of {type.Name} begins '{text[..Math.Min(text.Length, address.Length)]}'. Begin it '{address}: ' and say what it does.");
    }
}
