using System.Text;
using System.Text.Json;
using EventFunctions.CatalogGenerator.Model;
using EventFunctions.EventSourcing;

namespace EventFunctions.CatalogGenerator.Pages;

/// <summary>What the page says of one event.</summary>
internal static class EventSection
{
    private static readonly JsonSerializerOptions Indented = new(EventJson.Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>Appends the section.</summary>
    public static void Append(StringBuilder page, CatalogEvent e)
    {
        page.Append($"\n### {e.Name}\n\n{e.Description}\n\n");
        page.Append($"Aggregate {e.Aggregate}, streams `{e.Category}-…`, topic `{e.Topic}`.\n");
        if (e.Aliases.Count > 0)
        {
            page.Append($"Stored events may have a former name: {Markdown.CodeList(e.Aliases)}.\n");
        }

        AppendRaisedBy(page, e);
        AppendConsumedBy(page, e);
        foreach (var version in e.Versions)
        {
            AppendVersion(page, e, version);
        }
    }

    private static void AppendRaisedBy(StringBuilder page, CatalogEvent e)
    {
        page.Append("\nRaised by:\n\n");
        foreach (var command in e.RaisedBy)
        {
            page.Append($"- `{command.Command}`: {command.Description}\n");
        }
    }

    private static void AppendConsumedBy(StringBuilder page, CatalogEvent e)
    {
        if (e.ConsumedBy.Count == 0)
        {
            page.Append("\nConsumed by nobody.\n");
            return;
        }

        page.Append("\nConsumed by:\n\n");
        foreach (var consumer in e.ConsumedBy)
        {
            page.Append($"- `{consumer.Function}`{(consumer.InOrder ? ", in the order of the stream" : string.Empty)}: {consumer.Description}\n");
        }
    }

    private static void AppendVersion(StringBuilder page, CatalogEvent e, CatalogVersion version)
    {
        page.Append($"\n#### {e.Name}, version {version.Version}{(version.Current ? string.Empty : " (retired)")}\n\n");
        if (!version.Current)
        {
            page.Append($"{version.Description}\n\n");
        }

        page.Append($"Schema: [`{version.Schema}`](schemas/{e.Name}.v{version.Version}.json)\n");
        Markdown.AppendFields(page, version.Fields);
        page.Append($"\n```json\n{version.Example.ToJsonString(Indented)}\n```\n");
    }
}
