using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.CatalogGenerator.OpenApi;
using EventFunctions.CatalogGenerator.Pages;
using EventFunctions.EventSourcing;

namespace EventFunctions.CatalogGenerator.Files;

/// <summary>The texts of all files of docs/api, by their paths in it.</summary>
internal static class ApiFiles
{
    private static readonly JsonSerializerOptions Indented = new(EventJson.Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>Makes them from the code. The same code gives the same texts, on any machine.</summary>
    /// <exception cref="CatalogException">Something is missing or contradicts itself.</exception>
    public static IReadOnlyDictionary<string, string> Create(Repository repository)
    {
        JsonObject document;
        try
        {
            document = OpenApiDocument.Build(ApiSources.Load(repository));
        }
        catch (NotSupportedException exception)
        {
            throw new CatalogException(exception.Message);
        }

        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["README.md"] = ApiPage.Of(document),
            ["openapi.json"] = document.ToJsonString(Indented) + "\n",
        };
    }
}
