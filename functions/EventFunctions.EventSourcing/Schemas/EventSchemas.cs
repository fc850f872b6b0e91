using System.Text.Json.Nodes;

namespace EventFunctions.EventSourcing;

/// <summary>The JSON Schemas of the data of events.</summary>
/// <param name="texts">The descriptions.</param>
/// <param name="idPrefix">How the ids of the schemas begin, e.g. <c>urn:example:events</c>.</param>
public sealed class EventSchemas(ISchemaTexts texts, string idPrefix)
{
    /// <summary>The dialect of the schemas.</summary>
    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>The id of the schema of a version of an event's data: stable, and no address to visit.</summary>
    public string IdOf(EventVersionInfo version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return $"{idPrefix}:{version.Name}:{version.SchemaVersion}";
    }

    /// <summary>The schema of a version of an event's data, complete in itself.</summary>
    /// <exception cref="NotSupportedException">Something in the data is written in a form that nothing tells.</exception>
    public JsonObject Of(EventVersionInfo version)
    {
        ArgumentNullException.ThrowIfNull(version);
        var set = new SchemaSet(texts, "#/$defs/");
        var schema = Of(version, set);
        if (set.Definitions is { Count: > 0 } definitions)
        {
            schema["$defs"] = definitions;
        }

        schema.Insert(0, "$schema", Dialect);
        schema.Insert(1, "$id", IdOf(version));
        return schema;
    }

    /// <summary>The schema of a version of an event's data as a part of a larger document, which has the definitions of the set.</summary>
    /// <exception cref="NotSupportedException">Something in the data is written in a form that nothing tells.</exception>
    public JsonObject Of(EventVersionInfo version, SchemaSet set)
    {
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(set);
        var schema = set.Of(version.Shape);
        schema.Insert(0, "title", $"{version.Name}, version {version.SchemaVersion}");
        if (texts.OfType(version.Shape) is { } text)
        {
            schema.Insert(1, "description", text);
        }

        if (!version.IsNewest)
        {
            schema["deprecated"] = true;
        }

        return schema;
    }
}
