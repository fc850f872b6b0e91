using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace EventFunctions.EventSourcing;

/// <summary>Makes of what the serializer exports the schema of what is written.</summary>
internal static class PlainSchema
{
    /// <summary>The schema of an object: the serializer's properties, of which those are required that reading insists on.</summary>
    /// <exception cref="NotSupportedException">The type contains itself.</exception>
    public static JsonObject OfObject(JsonTypeInfo type, JsonNode exported)
    {
        if (exported is not JsonObject { } all || all.ContainsKey("$ref"))
        {
            throw new NotSupportedException(
                $"{type.Type.FullName} contains itself or has no properties to tell. Give the data of events a shape of a fixed depth.");
        }

        var schema = new JsonObject { ["type"] = "object" };
        if (all["properties"]?.DeepClone() is { } properties)
        {
            schema["properties"] = properties;
        }

        if (type.Properties.Where(p => p.IsRequired).Select(p => (JsonNode)p.Name).ToArray() is { Length: > 0 } required)
        {
            schema["required"] = new JsonArray(required);
        }

        return schema;
    }

    /// <summary>The schema of anything else: never null, because null is left out.</summary>
    /// <exception cref="NotSupportedException">A converter writes the value, and does not tell how.</exception>
    public static JsonObject OfValue(JsonTypeInfo type, JsonNode exported)
    {
        if (exported is not JsonObject all)
        {
            return type.Type == typeof(JsonElement) || type.Type == typeof(object) ? [] : throw new NotSupportedException(
                $"{type.Type.FullName} is written by {type.Converter.GetType().FullName}, which does not tell its schema. " +
                $"Let the converter implement {nameof(IJsonSchemaSource)}.");
        }

        var schema = new JsonObject();
        foreach (var (keyword, value) in all)
        {
            if (Present(keyword, value) is { } present)
            {
                schema[keyword] = present;
            }
        }

        if (!schema.ContainsKey("type") && schema["enum"] is JsonArray names && names.All(n => n?.GetValueKind() == JsonValueKind.String))
        {
            schema.Insert(0, "type", "string");
        }

        return schema;
    }

    private static JsonNode? Present(string keyword, JsonNode? value) => (keyword, value) switch
    {
        ("type", JsonArray { Count: 2 } types) when types.Any(IsNullWord) => types.First(t => !IsNullWord(t))!.DeepClone(),
        ("enum", JsonArray names) => new JsonArray([.. names.Where(n => n is not null).Select(n => n!.DeepClone())]),
        ("default", null) => null,
        _ => value?.DeepClone(),
    };

    private static bool IsNullWord(JsonNode? type) => type?.GetValueKind() == JsonValueKind.String && type.GetValue<string>() == "null";
}
