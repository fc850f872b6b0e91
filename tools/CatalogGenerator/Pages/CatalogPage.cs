using System.Text;
using System.Text.Json.Nodes;
using EventFunctions.CatalogGenerator.Model;

namespace EventFunctions.CatalogGenerator.Pages;

/// <summary>The catalogue for people, as Markdown.</summary>
internal static class CatalogPage
{
    private const string Introduction = """
        # Events

        What happens in the shop, for those who read it. This folder is generated from the code: `dotnet run --project
        tools/CatalogGenerator` writes it, and a test fails while it is not current. The same is served by a running app:

        | what | file | address |
        |---|---|---|
        | this catalogue for programs | [catalog.json](catalog.json) | `GET /api/events/catalog` |
        | the messages, topics and subscriptions as AsyncAPI 3.0 | [asyncapi.json](asyncapi.json) | `GET /api/events/catalog/asyncapi` |
        | the JSON Schema of the data of a version | [schemas/](schemas/) | `GET /api/events/catalog/schemas/{name}/{version}` |

        An event lies in its stream, and travels in its message, inside the same [document](#event-document). Readers pass over fields
        they do not know. A changed shape is a new version; the old ones stay readable, because streams keep them for ever.

        """;

    /// <summary>The page.</summary>
    /// <param name="catalog">The events.</param>
    /// <param name="schemas">The schemas of the values that the events refer to, and of the document.</param>
    public static string Of(PublishedCatalog catalog, JsonObject schemas)
    {
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        AppendTable(page, catalog);
        foreach (var context in catalog.Events.GroupBy(e => e.Context, StringComparer.Ordinal))
        {
            page.Append($"\n## {context.Key}\n");
            foreach (var happened in context)
            {
                EventSection.Append(page, happened);
            }
        }

        ValueSection.Append(page, schemas, catalog.Events.SelectMany(e => e.Versions.Select(v => $"{e.Name}.v{v.Version}")).ToHashSet(StringComparer.Ordinal));
        return page.ToString();
    }

    private static void AppendTable(StringBuilder page, PublishedCatalog catalog)
    {
        page.Append("\n| event | version | what | raised by | consumed by |\n|---|---|---|---|---|\n");
        foreach (var e in catalog.Events)
        {
            page.Append($"| [{e.Name}](#{e.Name}) | {e.Versions[0].Version} | {Markdown.Cell(e.Description)} | ")
                .Append($"{Markdown.CodeList(e.RaisedBy.Select(c => c.Command))} | {ConsumersOf(e)} |\n");
        }
    }

    private static string ConsumersOf(CatalogEvent e) => e.ConsumedBy.Count > 0 ? Markdown.CodeList(e.ConsumedBy.Select(c => c.Function)) : "nobody";
}
