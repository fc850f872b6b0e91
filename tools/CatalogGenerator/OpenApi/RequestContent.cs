using System.Reflection;
using System.Text.Json.Nodes;
using EventFunctions.EventSourcing;
using EventFunctions.Http.OpenApi;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>The body of a request.</summary>
internal static class RequestContent
{
    /// <summary>Adds the body to an operation that takes one.</summary>
    /// <returns>What is said of its media type, to be completed; <see langword="null"/> where there is no body.</returns>
    public static JsonObject? AddTo(JsonObject described, ApiOperation operation, SchemaSet set)
    {
        if (operation.Method.GetCustomAttribute<ApiBodyAttribute>() is not { } body)
        {
            return null;
        }

        var content = new JsonObject { ["schema"] = set.ReferenceTo(body.Type) };
        described.Insert(described.IndexOf("responses"), "requestBody", new JsonObject
        {
            ["required"] = !body.Optional,
            ["content"] = new JsonObject { [body.MediaType] = content },
        });
        return content;
    }

    /// <summary>Adds an example, and to the schema what a valid body has to keep.</summary>
    /// <param name="content">What is said of the media type.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="bodies">Makes and reads examples.</param>
    /// <param name="definitions">The schemas; changed.</param>
    /// <param name="answered">The names of schemas that answers have too.</param>
    /// <exception cref="CatalogException">There is no valid example.</exception>
    public static void Complete(JsonObject content, ApiOperation operation, RequestBodies bodies, JsonObject definitions, IReadOnlySet<string> answered)
    {
        var body = operation.Method.GetCustomAttribute<ApiBodyAttribute>()!;
        if (body.Type == typeof(string))
        {
            return;
        }

        var schema = content["schema"]!.AsObject();
        var example = bodies.ExampleOf(operation.Id, body.Type, schema, definitions);
        new RequestLimits(bodies.ReaderOf(body.Type), example, definitions, answered).AddTo(schema);
        content["example"] = example;
    }
}
