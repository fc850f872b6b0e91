using System.Text;
using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>Reads partition key values from JSON: the header's array form, and the property of an item.</summary>
internal static class PartitionKeyJson
{
    /// <summary>Reads the header form: an array of one value; an empty array or an empty object in it is the undefined key.</summary>
    public static bool TryParse(string json, out PartitionKeyValue key, out string problem)
    {
        key = default;
        try
        {
            using var document = JsonDocument.Parse(json);
            StrictText.ThrowIfBroken(Encoding.UTF8.GetBytes(json), document.RootElement);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                problem = $"The partition key '{json}' is not a JSON array.";
                return false;
            }

            problem = "Hierarchical partition keys are not supported: the partition key must have one component.";
            return document.RootElement.GetArrayLength() switch
            {
                0 => true,
                1 => TryRead(document.RootElement[0], out key, out problem),
                _ => false,
            };
        }
        catch (JsonException)
        {
            problem = $"The partition key '{json}' is not valid JSON.";
            return false;
        }
    }

    /// <summary>Reads one component.</summary>
    public static bool TryRead(JsonElement value, out PartitionKeyValue key, out string problem)
    {
        problem = "A partition key must be a string, a number, a boolean or null.";
        key = value.ValueKind switch
        {
            JsonValueKind.Null => PartitionKeyValue.Null,
            JsonValueKind.True => PartitionKeyValue.Of(true),
            JsonValueKind.False => PartitionKeyValue.Of(false),
            JsonValueKind.Number => PartitionKeyValue.Of(value.GetDouble()),
            JsonValueKind.String => PartitionKeyValue.Of(value.GetString()!),
            _ => PartitionKeyValue.Undefined,
        };
        if (key.Text is { } text && Encoding.UTF8.GetByteCount(text) > PartitionKeyValue.MaxTextBytes)
        {
            problem = $"A partition key must not be longer than {PartitionKeyValue.MaxTextBytes} bytes.";
            return false;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Array => false,
            JsonValueKind.Object => !value.EnumerateObject().MoveNext(),
            _ => true,
        };
    }
}
