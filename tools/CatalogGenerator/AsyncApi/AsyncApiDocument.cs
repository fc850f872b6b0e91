using System.Text.Json.Nodes;
using EventFunctions.CatalogGenerator.Model;
using EventFunctions.CatalogGenerator.Sources;

namespace EventFunctions.CatalogGenerator.AsyncApi;

/// <summary>The description of the messages in the form of AsyncAPI 3.0.0 (https://www.asyncapi.com/docs/reference/specification/v3.0.0).</summary>
internal static class AsyncApiDocument
{
    /// <summary>The document.</summary>
    public static JsonObject Build(CatalogSources sources, PublishedCatalog catalog) => new()
    {
        ["asyncapi"] = "3.0.0",
        ["id"] = CatalogSources.SchemaIdPrefix,
        ["info"] = Info(),
        ["defaultContentType"] = "application/json",
        ["servers"] = Servers(),
        ["channels"] = AsyncApiChannels.Of(sources, catalog),
        ["operations"] = AsyncApiOperations.Of(sources, catalog),
        ["components"] = new JsonObject
        {
            ["messages"] = new JsonObject(sources.Events.Select(e => KeyValuePair.Create(e.Sample.Key, (JsonNode?)AsyncApiMessage.Of(sources, e)))),
            ["correlationIds"] = new JsonObject { [AsyncApiMessage.CorrelationName] = AsyncApiMessage.CorrelationId() },
            ["schemas"] = AsyncApiSchemas.Of(sources),
        },
    };

    /// <summary>A reference within the document.</summary>
    public static JsonObject Reference(params IEnumerable<string> path) => new() { ["$ref"] = $"#/{string.Join('/', path)}" };

    // The events have versions of their own; what would change this one is another way to send them.
    private static JsonObject Info() => new()
    {
        ["title"] = "EventFunctions events",
        ["version"] = "1.0.0",
        ["description"] =
            "What happens in the shop. Each bounded context publishes its events on a topic of its own, in the order of each stream. " +
            "Delivery is at least once: MessageId tells a repetition. SessionId is the stream; a subscription with sessions gets the " +
            "events of a stream one after the other. A message whose schema version is retired stems from an old stream.",
        ["license"] = new JsonObject { ["name"] = "MIT" },
    };

    private static JsonObject Servers() => new()
    {
        ["serviceBus"] = new JsonObject
        {
            ["host"] = "{namespace}.servicebus.windows.net",
            ["protocol"] = "amqps",
            ["protocolVersion"] = "1.0",
            ["description"] = "The Service Bus namespace of a deployment, AMQP 1.0 over TLS.",
            ["variables"] = new JsonObject { ["namespace"] = new JsonObject { ["description"] = "The name of the namespace." } },
        },
    };
}
