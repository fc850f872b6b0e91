using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventFunctions.CatalogGenerator.Pages;

/// <summary>What the page says of one operation.</summary>
internal static class OperationSection
{
    private const string Host = "localhost:7071";

    private static readonly string[] ToldOnce = ["401", "413", "415", "500", "503"];
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Appends the section.</summary>
    public static void Append(StringBuilder page, string path, string verb, JsonObject operation, JsonObject document)
    {
        page.Append($"\n### {operation["operationId"]}\n\n`{verb} {path}`{(operation.ContainsKey("security") ? ", for operators" : string.Empty)}\n\n");
        page.Append($"{operation["description"]}\n");
        page.Append($"\n```sh\n{CallOf(path, verb, operation)}\n```\n");
        AppendParameters(page, operation, document);
        AppendAnswers(page, operation);
    }

    private static string CallOf(string path, string verb, JsonObject operation)
    {
        var address = (operation["parameters"]?.AsArray() ?? [])
            .Where(p => (string?)p!["in"] == "path")
            .Aggregate(path, (at, p) => at.Replace($"{{{p!["name"]}}}", Uri.EscapeDataString((string)p["example"]!), StringComparison.Ordinal));
        var call = new StringBuilder($"curl -s {(verb == "GET" ? string.Empty : $"-X {verb} ")}{Host}{address}");
        if (operation["requestBody"]?["content"]?.AsObject().First() is { Key: var mediaType, Value: { } content })
        {
            call.Append($" -H 'content-type: {mediaType}' {(content["example"] is { } example
                ? $"-d '{example.ToJsonString(Plain)}'"
                : "--data-binary @body")}");
        }

        return call.ToString();
    }

    private static void AppendParameters(StringBuilder page, JsonObject operation, JsonObject document)
    {
        var parameters = (operation["parameters"]?.AsArray() ?? []).Select(p => Resolve(p!, document))
            .Where(p => (string?)p["in"] != "path" && (string?)p["name"] != "X-Correlation-Id").ToList();
        if (parameters.Count == 0)
        {
            return;
        }

        page.Append("\n| parameter | in | type | meaning |\n|---|---|---|---|\n");
        foreach (var p in parameters)
        {
            page.Append($"| `{p["name"]}` | {p["in"]} | {Model.SchemaFields.TypeOf(p["schema"]!)} | {Markdown.Cell((string)p["description"]!)} |\n");
        }
    }

    private static void AppendAnswers(StringBuilder page, JsonObject operation)
    {
        page.Append("\n| answer | body |\n|---|---|\n");
        foreach (var (status, response) in operation["responses"]!.AsObject().Where(r => !(ToldOnce.Contains(r.Key) && r.Value!["$ref"] is not null)))
        {
            page.Append($"| {status} | {string.Join("; ", (response!["content"]?.AsObject() ?? []).Select(c => BodyOf(c.Value!["schema"]!)))} |\n");
        }
    }

    private static string BodyOf(JsonNode schema) => schema["allOf"] is JsonArray parts
        ? Markdown.CodeList(parts[1]!["properties"]!["code"]!["enum"]!.AsArray().Select(c => (string)c!))
        : Model.SchemaFields.TypeOf(schema);

    private static JsonNode Resolve(JsonNode node, JsonObject document) => node["$ref"] is { } reference
        ? ((string)reference!).Split('/').Skip(1).Aggregate((JsonNode)document, (at, part) => at[part]!)
        : node;
}
