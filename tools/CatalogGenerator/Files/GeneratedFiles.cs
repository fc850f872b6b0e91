using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.CatalogGenerator.AsyncApi;
using EventFunctions.CatalogGenerator.Model;
using EventFunctions.CatalogGenerator.Pages;
using EventFunctions.CatalogGenerator.Sources;
using EventFunctions.EventSourcing;

namespace EventFunctions.CatalogGenerator.Files;

/// <summary>The texts of all files of docs/events, by their paths in it, in the order of the paths.</summary>
internal static class GeneratedFiles
{
    private static readonly JsonSerializerOptions Indented = new(EventJson.Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>Makes them from what the repository holds. The same repository gives the same texts, on any machine.</summary>
    /// <exception cref="CatalogException">Something is missing or contradicts itself.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> CreateAsync(Repository repository, CancellationToken cancellationToken)
    {
        var sources = await CatalogSources.LoadAsync(repository, cancellationToken);
        var catalog = CatalogBuilder.Build(sources);
        var asyncApi = AsyncApiDocument.Build(sources, catalog);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["README.md"] = CatalogPage.Of(catalog, asyncApi["components"]!["schemas"]!.AsObject()),
            ["asyncapi.json"] = Text(asyncApi),
            ["catalog.json"] = Text(JsonSerializer.SerializeToNode(catalog, EventJson.Options)!),
        };
        foreach (var sample in sources.Events.Select(e => e.Sample))
        {
            files[$"schemas/{sample.Key}.json"] = Text(sources.Schemas.Of(sample.Version));
        }

        return files;
    }

    private static string Text(JsonNode json) => json.ToJsonString(Indented) + "\n";
}
