using System.Text.Json.Nodes;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>Makes a body up that a schema describes, with a value for each field.</summary>
internal static class BodyExample
{
    /// <summary>The body.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="definitions">What it refers to.</param>
    public static JsonObject Of(JsonObject schema, JsonObject definitions) => (JsonObject)Value("body", schema, definitions);

    /// <summary>A schema, or the definition that it refers to.</summary>
    public static JsonObject Resolve(JsonObject schema, JsonObject definitions) => schema["$ref"] is { } reference
        ? definitions[((string)reference!).Split('/')[^1]]!.AsObject()
        : schema;

    private static JsonNode Value(string field, JsonObject schema, JsonObject definitions)
    {
        var resolved = Resolve(schema, definitions);
        return resolved switch
        {
            _ when resolved["properties"] is JsonObject properties =>
                new JsonObject(properties.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Value(p.Key, p.Value!.AsObject(), definitions)))),
            _ when resolved["items"] is JsonObject items => new JsonArray(Value(Singular(field), items, definitions)),
            _ => SampleWords.InBody(field, resolved),
        };
    }

    private static string Singular(string plural) => plural.EndsWith('s') ? plural[..^1] : plural;
}
