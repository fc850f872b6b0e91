using System.Text;
using EventFunctions.CatalogGenerator.Model;

namespace EventFunctions.CatalogGenerator.Pages;

/// <summary>Pieces of Markdown.</summary>
internal static class Markdown
{
    /// <summary>A text that may stand in a table.</summary>
    public static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Names, as code, one after the other.</summary>
    public static string CodeList(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"`{n}`"));

    /// <summary>A table of fields; types that are defined on the page are links.</summary>
    public static void AppendFields(StringBuilder page, IReadOnlyList<CatalogField> fields)
    {
        page.Append("\n| field | type | always | meaning |\n|---|---|---|---|\n");
        foreach (var field in fields)
        {
            page.Append($"| `{field.Name}` | {TypeOf(field.Type)} | {(field.Required ? "yes" : "no")} | {Cell(field.Description)} |\n");
        }
    }

    /// <summary>A type: a defined one, whose name is of lower-case words joined by hyphens, links to its definition.</summary>
    private static string TypeOf(string type) => type switch
    {
        "string" or "integer" or "number" or "boolean" or "object" or "array" or "any" or "uuid" or "date-time" => type,
        _ when type.StartsWith("list of ", StringComparison.Ordinal) => $"list of {TypeOf(type["list of ".Length..])}",
        _ when type.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') => $"[{type}](#{type})",
        _ => type,
    };
}
