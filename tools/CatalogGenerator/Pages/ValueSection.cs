using System.Text;
using System.Text.Json.Nodes;
using EventFunctions.CatalogGenerator.Model;

namespace EventFunctions.CatalogGenerator.Pages;

/// <summary>What the page says of the values that events are made of, and of the document that carries them.</summary>
internal static class ValueSection
{
    private static readonly string[] Told = ["type", "properties", "required", "description", "title", "items"];

    /// <summary>Appends a section for each schema that is not an event's own.</summary>
    public static void Append(StringBuilder page, JsonObject schemas, IReadOnlySet<string> events)
    {
        page.Append("\n## Values\n");
        foreach (var (name, node) in schemas.Where(s => !events.Contains(s.Key)).OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var schema = node!.AsObject();
            page.Append($"\n### {name}\n\n{(string?)schema["description"]}\n\n");
            page.Append($"A {TypeOf(schema)}{FormOf(schema)}.\n");
            if (SchemaFields.Of(schema) is { Count: > 0 } fields)
            {
                Markdown.AppendFields(page, fields);
            }
        }
    }

    private static string TypeOf(JsonObject schema) => schema.ContainsKey("items") ? SchemaFields.TypeOf(schema) : $"JSON {(string?)schema["type"]}";

    private static string FormOf(JsonObject schema) => schema.Where(k => !Told.Contains(k.Key)).ToList() is { Count: > 0 } rest
        ? $" with {string.Join(", ", rest.Select(k => $"{k.Key} `{k.Value}`"))}"
        : string.Empty;
}
