using System.Text.Json.Nodes;
using EventFunctions.EventSourcing;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>The description of the HTTP API in the form of OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0).</summary>
internal static class OpenApiDocument
{
    private const string SchemasAt = "#/components/schemas/";

    /// <summary>The document.</summary>
    /// <exception cref="CatalogException">Something is missing or contradicts itself.</exception>
    public static JsonObject Build(ApiSources sources)
    {
        var set = new SchemaSet(sources.Texts, SchemasAt);
        var paths = new JsonObject();
        var described = sources.Operations.Select(o => (Operation: o, Object: OperationObject.Of(o, set))).ToList();
        foreach (var path in described.GroupBy(d => d.Operation.Path, StringComparer.Ordinal))
        {
            paths[path.Key] = new JsonObject(path.Select(d => KeyValuePair.Create(d.Operation.Verb, (JsonNode?)d.Object)));
        }

        var components = new JsonObject
        {
            ["schemas"] = SchemasOf(sources, set, described),
            ["responses"] = ProblemResponses.Shared(set),
            ["parameters"] = CommonHeaders.Parameters(),
            ["headers"] = CommonHeaders.Headers(),
            ["securitySchemes"] = new JsonObject { [OperationObject.FunctionKey] = FunctionKey() },
        };
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = Info(),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "The app that serves this document." }),
            ["tags"] = new JsonArray([.. sources.Operations.Select(o => o.Context).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(c => new JsonObject { ["name"] = c })]),
            ["paths"] = paths,
            ["components"] = components,
        };
        UsedComponents.KeepIn(document);
        return document;
    }

    /// <summary>The schemas: those of bodies last, with the limits and an example of each, so that answers' are left as they are.</summary>
    private static JsonObject SchemasOf(ApiSources sources, SchemaSet set, IReadOnlyList<(ApiOperation Operation, JsonObject Object)> described)
    {
        var answered = set.Definitions.Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        var bodies = described.Select(d => (d.Operation, Content: RequestContent.AddTo(d.Object, d.Operation, set))).Where(b => b.Content is not null).ToList();
        var definitions = set.Definitions;
        foreach (var (operation, content) in bodies)
        {
            RequestContent.Complete(content!, operation, sources.Bodies, definitions, answered);
        }

        return definitions;
    }

    private static JsonObject FunctionKey() => new()
    {
        ["type"] = "apiKey",
        ["in"] = "header",
        ["name"] = "x-functions-key",
        ["description"] = "A key of the function or of the app, as Azure Functions gives them out. The local host asks for none.",
    };

    private static JsonObject Info() => new()
    {
        ["title"] = "EventFunctions",
        ["version"] = "1.0.0",
        ["description"] =
            "The commands and queries of the shop, and what its operators ask of it. What was commanded shows in the views a moment later. " +
            "Errors are problem details (RFC 9457) with a stable code. A request that is sent again with the same Idempotency-Key takes effect once.",
        ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
    };
}
