using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventFunctions.EventSourcing;

/// <summary>Fills templates with what is found in a foreign event. Pure.</summary>
/// <param name="root">The event.</param>
/// <param name="item">The element that a template inside <c>$item</c> is filled for.</param>
internal sealed class ForeignValue(JsonElement root, JsonElement? item = null)
{
    /// <summary>Whether a text is a path.</summary>
    public static bool IsPath(string text) => text.StartsWith("$.", StringComparison.Ordinal) || text.StartsWith("@.", StringComparison.Ordinal);

    /// <summary>What a path leads to.</summary>
    /// <exception cref="FormatException">There is nothing.</exception>
    public JsonElement At(string path) => Find(path) ?? throw new FormatException($"there is nothing at '{path}'.");

    /// <summary>What a path leads to, or <see langword="null"/>.</summary>
    public JsonElement? Find(string path)
    {
        JsonElement? current = path[0] == '@' ? item ?? throw new FormatException($"'{path}' stands outside of $item.") : root;
        foreach (var name in path[2..].Split('.'))
        {
            current = current is { ValueKind: JsonValueKind.Object } container && container.TryGetProperty(name, out var member) ? member : null;
        }

        return current is { ValueKind: JsonValueKind.Null } ? null : current;
    }

    /// <summary>A text with paths in braces, filled.</summary>
    /// <exception cref="FormatException">A brace is not closed, or a path leads nowhere.</exception>
    public string Text(string template)
    {
        var filled = string.Empty;
        for (var rest = template; rest.Length > 0;)
        {
            var open = rest.IndexOf('{', StringComparison.Ordinal);
            if (open < 0)
            {
                return filled + rest;
            }

            var close = rest.IndexOf('}', open);
            var path = close < 0 ? string.Empty : rest[(open + 1)..close];
            filled += IsPath(path) ? rest[..open] + At(path) : throw new FormatException($"'{template}' has a brace without a path.");
            rest = rest[(close + 1)..];
        }

        return filled;
    }

    /// <summary>A template, filled; <see langword="null"/> where it is left out.</summary>
    /// <exception cref="FormatException">A path leads nowhere, or to something of the wrong kind.</exception>
    public JsonNode? Fill(JsonElement template) => template.ValueKind switch
    {
        JsonValueKind.String when IsPath(template.GetString()!) => Node(At(template.GetString()!)),
        JsonValueKind.Object => FillObject(template),
        JsonValueKind.Array => new JsonArray([.. template.EnumerateArray().Select(Fill)]),
        _ => Node(template),
    };

    private static string PathOf(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.String && IsPath(member.Value.GetString()!)
            ? member.Value.GetString()!
            : throw new FormatException($"{member.Name} needs a path; one reads $.a.b.");

    private static JsonNode? Node(JsonElement element) => JsonSerializer.SerializeToNode(element);

    private JsonNode? FillObject(JsonElement template)
    {
        foreach (var first in template.EnumerateObject().Take(1))
        {
            switch (first.Name)
            {
                case "$optional":
                    return Find(PathOf(first)) is { } found ? Node(found) : null;
                case "$text":
                    return JsonValue.Create(At(PathOf(first)).ToString());
                case "$number":
                    return NumberOf(At(PathOf(first)).ToString());
                case "$each":
                    return Each(At(PathOf(first)), template.GetProperty("$item"));
            }
        }

        var filled = new JsonObject();
        foreach (var member in template.EnumerateObject())
        {
            if (member.Name == "$all")
            {
                foreach (var copied in At(PathOf(member)).EnumerateObject())
                {
                    filled[copied.Name] = Node(copied.Value);
                }
            }
            else if (Fill(member.Value) is { } value)
            {
                filled[member.Name] = value;
            }
        }

        return filled;
    }

    private static JsonValue NumberOf(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? JsonValue.Create(number)
        : throw new FormatException($"'{text}' is no number.");

    private JsonArray Each(JsonElement elements, JsonElement template) => elements.ValueKind == JsonValueKind.Array
        ? new JsonArray([.. elements.EnumerateArray().Select(element => new ForeignValue(root, element).Fill(template))])
        : throw new FormatException("$each needs an array.");
}
