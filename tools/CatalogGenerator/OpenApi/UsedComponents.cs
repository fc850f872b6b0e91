using System.Text.Json.Nodes;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>Removes what is defined and never referred to.</summary>
internal static class UsedComponents
{
    private const string At = "#/components/";

    /// <summary>Leaves in a document the components that its paths lead to, over any number of references.</summary>
    public static void KeepIn(JsonObject document)
    {
        var components = document["components"]!.AsObject();
        var used = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<JsonNode>([document["paths"]!]);
        while (open.TryPop(out var node))
        {
            foreach (var reference in ReferencesIn(node).Where(used.Add))
            {
                var (kind, name) = reference[At.Length..].Split('/') is [var k, var n] ? (k, n) : throw new CatalogException($"'{reference}' leads to no component.");
                open.Push(components[kind]?[name] ?? throw new CatalogException($"'{reference}' leads nowhere."));
            }
        }

        var isKeyed = document["paths"]!.ToJsonString().Contains($"\"{OperationObject.FunctionKey}\"", StringComparison.Ordinal);
        foreach (var (kind, group) in components.ToList())
        {
            foreach (var name in group!.AsObject().Select(c => c.Key).Where(name => !(kind == "securitySchemes" ? isKeyed : used.Contains($"{At}{kind}/{name}"))).ToList())
            {
                group.AsObject().Remove(name);
            }

            if (group.AsObject().Count == 0)
            {
                components.Remove(kind);
            }
        }
    }

    private static IEnumerable<string> ReferencesIn(JsonNode? node) => node switch
    {
        JsonObject all => all.SelectMany(p => p.Key == "$ref" && p.Value is JsonValue ? [(string)p.Value!] : ReferencesIn(p.Value)),
        JsonArray items => items.SelectMany(ReferencesIn),
        _ => [],
    };
}
