using System.Text.Json.Nodes;
using EventFunctions.CatalogGenerator.Sources;

namespace EventFunctions.CatalogGenerator.AsyncApi;

/// <summary>A message: a version of an event as it is published, with an example that the app's own mapper made.</summary>
internal static class AsyncApiMessage
{
    /// <summary>The name of the correlation id.</summary>
    public const string CorrelationName = "business-transaction";

    /// <summary>The message of an event.</summary>
    public static JsonObject Of(CatalogSources sources, PublishedEvent published)
    {
        var version = published.Sample.Version;
        var message = new JsonObject
        {
            ["name"] = version.Name,
            ["title"] = $"{version.Name}, version {version.SchemaVersion}",
            ["summary"] = sources.Texts.OfType(version.Shape),
            ["contentType"] = published.Message.ContentType,
            ["headers"] = AsyncApiDocument.Reference("components", "schemas", MessageHeaders.SchemaName),
            ["correlationId"] = AsyncApiDocument.Reference("components", "correlationIds", CorrelationName),
            ["payload"] = AsyncApiSchemas.BodyOf(published.Sample),
            ["examples"] = new JsonArray(Example(published)),
        };
        if (!version.IsNewest)
        {
            message["tags"] = new JsonArray(new JsonObject
            {
                ["name"] = "retired",
                ["description"] = "No longer written; sent only where the events of an old stream are published again.",
            });
        }

        return message;
    }

    /// <summary>Where a message has the id of its business transaction.</summary>
    public static JsonObject CorrelationId() => new()
    {
        ["description"] = "One id from the first request to the last event. The message's own CorrelationId is the same.",
        ["location"] = "$message.payload#/metadata/correlationId",
    };

    private static JsonObject Example(PublishedEvent published) => new()
    {
        ["name"] = published.Sample.Key,
        ["headers"] = new JsonObject(published.Message.ApplicationProperties.Select(p => KeyValuePair.Create(p.Key, ValueOf(p.Value)))),
        ["payload"] = JsonNode.Parse(published.Message.Body.ToMemory().Span),
    };

    private static JsonNode? ValueOf(object value) => value switch
    {
        string text => text,
        int number => number,
        long number => number,
        _ => throw new CatalogException($"An application property is a {value.GetType().Name}. Say in {nameof(AsyncApiMessage)} how it reads as JSON."),
    };
}
