using System.Text;
using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>Where in an item its partition key stands: <c>/stream</c>, <c>/address/city</c>, <c>/"a b"</c>.</summary>
internal sealed class PartitionKeyPath
{
    private PartitionKeyPath(string text, IReadOnlyList<string> segments)
    {
        Text = text;
        Segments = segments;
    }

    public string Text { get; }

    public IReadOnlyList<string> Segments { get; }

    /// <summary>Reads a path.</summary>
    /// <returns><see langword="null"/> if the text is not a path of plain or quoted names.</returns>
    public static PartitionKeyPath? TryParse(string? text)
    {
        if (text is null || text.Length < 2 || text[0] != '/')
        {
            return null;
        }

        var segments = new List<string>();
        var position = 0;
        while (position < text.Length)
        {
            var segment = text[position] == '/' ? ReadSegment(text, position + 1, out position) : null;
            if (string.IsNullOrEmpty(segment))
            {
                return null;
            }

            segments.Add(segment);
        }

        return new PartitionKeyPath(text, segments);
    }

    /// <summary>The value at the path; undefined where there is none.</summary>
    public bool TryExtract(JsonElement item, out PartitionKeyValue key, out string problem)
    {
        key = PartitionKeyValue.Undefined;
        problem = string.Empty;
        foreach (var segment in Segments)
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(segment, out item))
            {
                return true;
            }
        }

        return PartitionKeyJson.TryRead(item, out key, out problem);
    }

    private static string? ReadSegment(string text, int start, out int end)
    {
        if (start < text.Length && text[start] == '"')
        {
            return ReadQuoted(text, start + 1, out end);
        }

        end = text.IndexOf('/', start);
        end = end < 0 ? text.Length : end;
        var segment = text[start..end];
        return segment.AsSpan().ContainsAny("\"*[]?") ? null : segment;
    }

    private static string? ReadQuoted(string text, int start, out int end)
    {
        var name = new StringBuilder();
        for (end = start; end < text.Length && text[end] != '"'; end++)
        {
            if (text[end] == '\\' && end + 1 < text.Length)
            {
                end++;
            }

            name.Append(text[end]);
        }

        if (end == text.Length)
        {
            return null;
        }

        end++;
        return name.ToString();
    }
}
