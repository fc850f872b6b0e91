using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventFunctions.EventSourcing;
using EventFunctions.Http.OpenApi;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>An operation as the document has it.</summary>
internal static partial class OperationObject
{
    /// <summary>The name of the security scheme of operators' operations.</summary>
    public const string FunctionKey = "function-key";

    /// <summary>The operation without the body of its request.</summary>
    public static JsonObject Of(ApiOperation operation, SchemaSet set)
    {
        var result = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["tags"] = new JsonArray(operation.Context),
            ["summary"] = SummaryOf(operation.Purpose),
            ["description"] = $"{operation.Purpose}\n\n{operation.Answers}",
            ["parameters"] = new JsonArray([.. PathParameters(operation), .. QueryParameters(operation, set), .. CommonHeaders.ParametersOf(operation)]),
            ["responses"] = Responses.Of(operation, set),
        };
        if (operation.IsForOperators)
        {
            result["security"] = new JsonArray(new JsonObject { [FunctionKey] = new JsonArray() });
        }

        return result;
    }

    /// <summary>What is said first, without the end of the sentence.</summary>
    private static string SummaryOf(string purpose) => purpose.Split(". ", 2)[0].Split(';', 2)[0].TrimEnd('.');

    private static IEnumerable<JsonNode> PathParameters(ApiOperation operation) => operation.PathParameters.Select(name => new JsonObject
    {
        ["name"] = name,
        ["in"] = "path",
        ["required"] = true,
        ["description"] = name.EndsWith("Id", StringComparison.Ordinal) ? $"The id of the {Words(name[..^2])}." : $"The {Words(name)}.",
        ["schema"] = new JsonObject { ["type"] = "string" },
        ["example"] = SampleWords.InPath(name, operation.Path),
    });

    private static IEnumerable<JsonNode> QueryParameters(ApiOperation operation, SchemaSet set) =>
        operation.Method.GetCustomAttributes<ApiQueryAttribute>().Select(query => new JsonObject
        {
            ["name"] = query.Name,
            ["in"] = "query",
            ["required"] = query.Required,
            ["description"] = query.Description,
            ["schema"] = query.OneOf.Length == 0
                ? set.ReferenceTo(query.Type)
                : new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. query.OneOf.Select(word => (JsonNode)word)]) },
        });

    private static string Words(string name) => WordStart().Replace(name, m => $" {m.Value.ToLowerInvariant()}").Trim();

    [GeneratedRegex("[A-Z]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();
}
