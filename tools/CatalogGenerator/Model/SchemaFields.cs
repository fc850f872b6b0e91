using System.Text.Json.Nodes;

namespace EventFunctions.CatalogGenerator.Model;

/// <summary>What a schema says of an object, as a table has it.</summary>
internal static class SchemaFields
{
    /// <summary>The fields of an object.</summary>
    public static IReadOnlyList<CatalogField> Of(JsonObject schema)
    {
        var required = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet(StringComparer.Ordinal) ?? [];
        return
        [
            .. (schema["properties"]?.AsObject() ?? [])
                .Select(p => new CatalogField(p.Key, TypeOf(p.Value!), required.Contains(p.Key), (string?)p.Value!["description"] ?? string.Empty)),
        ];
    }

    /// <summary>The name of a definition, or the JSON type with its format; of a list, that of its items.</summary>
    public static string TypeOf(JsonNode schema) => schema switch
    {
        _ when schema["$ref"] is { } reference => ((string)reference!).Split('/')[^1],
        _ when schema["enum"] is JsonArray names => string.Join(" or ", names.Select(n => (string?)n)),
        _ when schema["items"] is { } items => $"list of {TypeOf(items)}",
        _ when schema["format"] is { } format => (string)format!,
        _ => (string?)schema["type"] ?? "any",
    };
}
