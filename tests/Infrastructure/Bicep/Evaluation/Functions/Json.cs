using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation.Functions;

/// <summary>JSON as values, and values as JSON.</summary>
public static class Json
{
    /// <summary>The value that a text of JSON stands for.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static Value Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Of(document.RootElement);
    }

    /// <summary>The value that an element stands for.</summary>
    public static Value Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => Value.Null,
        JsonValueKind.True or JsonValueKind.False => new FlagValue(element.GetBoolean()),
        JsonValueKind.Number => element.TryGetInt64(out var number) ? new NumberValue(number) : new TextValue(element.GetRawText()),
        JsonValueKind.String => new TextValue(element.GetString()!),
        JsonValueKind.Array => new ListValue([.. element.EnumerateArray().Select(Of)]),
        _ => new MapValue([.. element.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Of(p.Value)))]),
    };

    /// <summary>The text that stands for a value.</summary>
    public static string Write(Value value) => ToNode(value)?.ToJsonString() ?? "null";

    private static JsonNode? ToNode(Value value) => value.Known() switch
    {
        NullValue => null,
        NumberValue number => number.Number,
        FlagValue flag => flag.Flag,
        ListValue list => new JsonArray([.. list.Items.Select(ToNode)]),
        MapValue map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key, ToNode(e.Value)))),
        var text => $"{text}",
    };
}
