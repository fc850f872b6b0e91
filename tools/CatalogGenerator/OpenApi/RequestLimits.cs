using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>
/// Finds by trial what a valid body may be changed to, and adds it to the body's schema: which fields may be left out, how long
/// texts and lists may be, which numbers fit. Nothing is said where trials with different values disagree.
/// </summary>
/// <param name="reader">Reads and validates.</param>
/// <param name="example">A valid body with all its fields.</param>
/// <param name="definitions">The schemas; changed.</param>
/// <param name="shared">The names of schemas that answers have too, which stay as they are.</param>
internal sealed class RequestLimits(BodyReader reader, JsonObject example, JsonObject definitions, IReadOnlySet<string> shared)
{
    /// <summary>Adds the limits of a body and of what is in it.</summary>
    /// <param name="schema">The body's schema or a reference to it.</param>
    public void AddTo(JsonObject schema) => AddToObject(schema, new FieldPath([]));

    private void AddToObject(JsonObject schema, FieldPath path)
    {
        if (schema["$ref"] is { } reference && shared.Contains(((string)reference!).Split('/')[^1]))
        {
            return;
        }

        var resolved = BodyExample.Resolve(schema, definitions);
        var required = new List<string>();
        foreach (var (name, node) in resolved["properties"]?.AsObject() ?? [])
        {
            var field = path.Then(name);
            if (field.In(example) is null)
            {
                continue;
            }

            if (!Accepts(field, value: null))
            {
                required.Add(name);
            }

            AddToField(node!.AsObject(), field);
        }

        if (required.Count > 0)
        {
            resolved["required"] = new JsonArray([.. required.Select(r => (JsonNode)r)]);
        }
    }

    private void AddToField(JsonObject schema, FieldPath field)
    {
        var resolved = BodyExample.Resolve(schema, definitions);
        switch (field.In(example))
        {
            case JsonObject:
                AddToObject(schema, field);
                break;
            case JsonArray { Count: > 0 } items:
                AddListLimits(resolved, field, items[0]!);
                AddToField(resolved["items"]!.AsObject(), field.Then(0));
                break;
            case JsonValue value when ReferenceEquals(resolved, schema) && value.TryGetValue<string>(out var text) && !schema.ContainsKey("format") && !schema.ContainsKey("enum"):
                AddTextLimits(schema, field, text);
                break;
            case JsonValue value when ReferenceEquals(resolved, schema) && value.GetValueKind() == JsonValueKind.Number:
                AddNumberLimits(schema, field, value.Deserialize<decimal>());
                break;
        }
    }

    private void AddTextLimits(JsonObject schema, FieldPath field, string text)
    {
        Claim(schema, "minLength", Accepts(field, string.Empty) ? null : 1);
        if (text.Length == 0)
        {
            return;
        }

        // A limit of the whole is the same at both ends; one of a part, as of a host name's, is not.
        var atTheEnd = Boundary.Above(text.Length, length => Accepts(field, text + new string(text[^1], length - text.Length)));
        var atTheFront = Boundary.Above(text.Length, length => Accepts(field, new string(text[0], length - text.Length) + text));
        Claim(schema, "maxLength", atTheEnd == atTheFront && atTheEnd > text.Length ? atTheEnd : null);
    }

    private void AddListLimits(JsonObject schema, FieldPath field, JsonNode item)
    {
        Claim(schema, "minItems", Accepts(field, new JsonArray()) ? null : 1);
        var most = Boundary.Above(1, count => Accepts(field, new JsonArray([.. Enumerable.Range(0, count).Select(_ => item.DeepClone())])));
        Claim(schema, "maxItems", most > 1 ? most : null);
    }

    private void AddNumberLimits(JsonObject schema, FieldPath field, decimal number)
    {
        if ((string?)schema["type"] == "number" && Accepts(field, number + 1) && !Accepts(field, decimal.Truncate(number) + 0.5m))
        {
            schema["type"] = "integer";
        }

        Claim(schema, "minimum", (Accepts(field, -1), Accepts(field, 0), Accepts(field, 0.01m), Accepts(field, 1)) switch
        {
            (false, true, _, _) => 0,
            (false, false, false, true) => 1,
            _ => null,
        });
        Claim(schema, "maximum", Boundary.Above((long)Math.Ceiling(number), candidate => Accepts(field, candidate)));
    }

    private bool Accepts(FieldPath field, JsonNode? value) => reader.Accepts(field.With(example, value), field.ToString());

    /// <summary>Says it, unless another body with the same part has a limit of its own there.</summary>
    private static void Claim(JsonObject schema, string keyword, long? limit)
    {
        if (limit is { } found)
        {
            schema[keyword] = schema[keyword] is { } other ? Math.Max(found, other.GetValue<long>()) : found;
        }
    }
}
