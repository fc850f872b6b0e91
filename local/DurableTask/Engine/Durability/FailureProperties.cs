using System.Text.Json;

namespace EventFunctions.Local.DurableTask.Durability;

/// <summary>The further properties of a failure, from their JSON: texts, numbers, truth values, lists and objects of those.</summary>
internal static class FailureProperties
{
    /// <exception cref="InvalidDataException">It is not the JSON of an object.</exception>
    public static Dictionary<string, object?>? Parse(string? json)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return ObjectOf(document.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("The record has properties of a failure that are no JSON object.", wrong);
        }
    }

    private static Dictionary<string, object?> ObjectOf(JsonElement element) =>
        element.EnumerateObject().ToDictionary(p => p.Name, p => ValueOf(p.Value), StringComparer.Ordinal);

    private static object? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        JsonValueKind.Array => value.EnumerateArray().Select(ValueOf).ToList(),
        JsonValueKind.Object => ObjectOf(value),
        _ => null,
    };
}
