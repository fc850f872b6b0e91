using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace EventFunctions.Local.ServiceBus;

/// <summary>An object of the topology file and where it stands. What was not asked for by the end is an error.</summary>
internal sealed class TopologyNode
{
    private readonly Dictionary<string, JsonElement> _unread = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    public TopologyNode(JsonElement element, string path)
    {
        Path = path;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Error("", $"an object is expected, not {Kind(element)}");
        }

        foreach (var property in element.EnumerateObject())
        {
            if (!_unread.TryAdd(property.Name, property.Value))
            {
                throw Error(property.Name, "stands here twice");
            }
        }
    }

    public string Path { get; }

    public MessagingTopologyException Error(string property, string problem) =>
        new(property.Length == 0 ? Path : $"{Path}.{property}", problem);

    public string Name(int maxLength)
    {
        var name = Text("name");
        if (name.Length == 0 || name.Length > maxLength || name.Any(char.IsControl))
        {
            throw Error("name", $"a name has 1 to {maxLength} printable characters");
        }

        return name;
    }

    public string Text(string property) => OptionalText(property) ?? throw Error(property, "is missing");

    public string? OptionalText(string property) => Take(property) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Error(property, $"a string is expected, not {Kind(value)}");

    public bool Flag(string property, bool otherwise) => Take(property) is not { } value ? otherwise
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Error(property, $"true or false is expected, not {Kind(value)}");

    public int Number(string property, int otherwise, int min, int max)
    {
        if (Take(property) is not { } value)
        {
            return otherwise;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max
            ? number
            : throw Error(property, string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max} is expected"));
    }

    public TimeSpan Duration(string property, TimeSpan otherwise, TimeSpan min, TimeSpan max)
    {
        if (OptionalText(property) is not { } text)
        {
            return otherwise;
        }

        TimeSpan duration;
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw Error(property, $"'{text}' is no ISO 8601 duration such as PT30S, PT10M or P14D");
        }

        return duration >= min && duration <= max
            ? duration
            : throw Error(property, $"a duration from {XmlConvert.ToString(min)} to {XmlConvert.ToString(max)} is expected");
    }

    public TopologyNode Object(string property) =>
        Take(property) is { } value ? new TopologyNode(value, $"{Path}.{property}") : throw Error(property, "is missing");

    public TopologyNode? OptionalObject(string property) =>
        Take(property) is { } value ? new TopologyNode(value, $"{Path}.{property}") : null;

    public List<T> Objects<T>(string property, Func<TopologyNode, T> read)
    {
        if (Take(property) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Error(property, $"an array is expected, not {Kind(value)}");
        }

        return [.. value.EnumerateArray().Select((item, index) =>
        {
            var node = new TopologyNode(item, string.Create(CultureInfo.InvariantCulture, $"{Path}.{property}[{index}]"));
            var result = read(node);
            node.NothingElse();
            return result;
        })];
    }

    /// <summary>All that is left, as strings.</summary>
    public Dictionary<string, string> Texts() =>
        _unread.Keys.ToList().ToDictionary(name => name, Text, StringComparer.Ordinal);

    /// <summary>Refuses what nobody asked for: a misspelt property must not pass for its default.</summary>
    public void NothingElse()
    {
        if (_unread.Count > 0)
        {
            throw Error(_unread.Keys.First(), $"is not known here; known are {string.Join(", ", _known)}");
        }
    }

    private JsonElement? Take(string property)
    {
        _known.Add(property);
        return _unread.Remove(property, out var value) ? value : null;
    }

    private static string Kind(JsonElement element) => element.ValueKind.ToString().ToLowerInvariant();
}
