using System.Text.Json.Nodes;

namespace EventFunctions.EventSourcing;

/// <summary>The JSON Schemas of events: of the data of each, and of the document that carries it.</summary>
/// <param name="texts">The descriptions.</param>
/// <param name="idPrefix">How the ids of the schemas begin, e.g. <c>urn:example:events</c>.</param>
public sealed class EventSchemas(ISchemaTexts texts, string idPrefix)
{
    /// <summary>The dialect of the schemas.</summary>
    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>The id of the schema of an event's data: stable, and no address to visit.</summary>
    public string IdOf(string name, int version) => $"{idPrefix}:{name}:{version}";

    /// <summary>The schema of the data of an event's version, complete in itself.</summary>
    /// <exception cref="NotSupportedException">Something in the data is written in a form that nothing tells.</exception>
    public JsonObject Of(EventTypeInfo type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var set = new SchemaSet(texts, "#/$defs/");
        var schema = set.Of(type.ClrType);
        if (set.Definitions is { Count: > 0 } definitions)
        {
            schema["$defs"] = definitions;
        }

        schema.Insert(0, "$schema", Dialect);
        schema.Insert(1, "$id", IdOf(type.Name, type.SchemaVersion));
        schema.Insert(2, "title", $"{type.Name}, version {type.SchemaVersion}");
        if (texts.OfType(type.ClrType) is { } text)
        {
            schema.Insert(3, "description", text);
        }

        return schema;
    }
}
