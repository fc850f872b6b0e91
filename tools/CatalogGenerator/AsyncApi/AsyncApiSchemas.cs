using System.Text.Json.Nodes;
using EventFunctions.CatalogGenerator.Sources;
using EventFunctions.EventSourcing;

namespace EventFunctions.CatalogGenerator.AsyncApi;

/// <summary>The schemas that messages refer to.</summary>
internal static class AsyncApiSchemas
{
    /// <summary>The document that carries the data of an event.</summary>
    public const string DocumentName = "event-document";

    private const string Place = "#/components/schemas/";

    /// <summary>The document's, the data's of every version, those of values, and the headers'.</summary>
    public static JsonObject Of(CatalogSources sources)
    {
        var set = new SchemaSet(sources.Texts, Place);
        var all = new JsonObject { [MessageHeaders.SchemaName] = MessageHeaders.Schema(), [DocumentName] = Document(sources, set) };
        foreach (var sample in sources.Events.Select(e => e.Sample))
        {
            all[sample.Key] = sources.Schemas.Of(sample.Version, set);
        }

        foreach (var (name, definition) in set.Definitions.ToList())
        {
            all[name] = definition!.DeepClone();
        }

        return all;
    }

    /// <summary>The schema of a message's body: the document, with the data of one version of one event.</summary>
    public static JsonObject BodyOf(SampleEvent sample) => new()
    {
        ["allOf"] = new JsonArray(
            AsyncApiDocument.Reference("components", "schemas", DocumentName),
            new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["type"] = new JsonObject { ["enum"] = new JsonArray([sample.Version.Name, .. sample.Version.Aliases.Select(a => (JsonNode)a)]) },
                    ["schemaVersion"] = new JsonObject { ["const"] = sample.Version.SchemaVersion },
                    ["data"] = AsyncApiDocument.Reference("components", "schemas", sample.Key),
                },
            }),
    };

    private static JsonObject Document(CatalogSources sources, SchemaSet set)
    {
        var schema = set.Of(typeof(EventDocument));
        schema.Insert(0, "title", "An event and its circumstances");
        schema.Insert(1, "description", sources.Texts.OfType(typeof(EventDocument)));
        return schema;
    }
}
