using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>Checks the body of an item and takes off what the service sets itself.</summary>
internal static class ItemDocumentReader
{
    private static readonly SearchValues<char> ForbiddenInId = SearchValues.Create("/\\?#");

    /// <param name="utf8">The body; the document keeps it, so it must not be changed afterwards.</param>
    /// <param name="path">Where the item carries its partition key.</param>
    /// <param name="document">The item.</param>
    /// <param name="refusal">Why there is none.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> utf8,
        PartitionKeyPath path,
        [NotNullWhen(true)] out ItemDocument? document,
        [NotNullWhen(false)] out ItemOutcome.Refused? refusal)
    {
        document = null;
        if (utf8.Length > ItemDocument.MaxBytes)
        {
            refusal = new(413, 0, $"The item has {utf8.Length} bytes; the largest may have {ItemDocument.MaxBytes}.");
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(utf8, ItemDocument.ReadOptions);
            StrictText.ThrowIfBroken(utf8.Span, json.RootElement);
            return TryRead(utf8, json.RootElement, path, out document, out refusal);
        }
        catch (JsonException broken)
        {
            refusal = Bad($"The item is not valid JSON: {broken.Message}");
            return false;
        }
    }

    private static bool TryRead(ReadOnlyMemory<byte> utf8, JsonElement root, PartitionKeyPath path, out ItemDocument? document, out ItemOutcome.Refused? refusal)
    {
        document = null;
        if (root.ValueKind != JsonValueKind.Object)
        {
            refusal = Bad("An item must be a JSON object.");
            return false;
        }

        int? timeToLive = null;
        if ((refusal = CheckId(root, out var id) ?? CheckTimeToLive(root, out timeToLive)) is not null)
        {
            return false;
        }

        if (!path.TryExtract(root, out var key, out var problem))
        {
            refusal = Bad(problem);
            return false;
        }

        var body = HasSystemProperties(root) ? WithoutSystemProperties(root) : utf8;
        document = new ItemDocument(id, key, timeToLive, body);
        return true;
    }

    private static ItemOutcome.Refused? CheckId(JsonElement root, out string id)
    {
        id = string.Empty;
        if (!root.TryGetProperty("id"u8, out var property) || property.ValueKind != JsonValueKind.String)
        {
            return Bad("An item must have an 'id' that is a string.");
        }

        id = property.GetString()!;
        if (id.Length == 0 || Encoding.UTF8.GetByteCount(id) > ItemDocument.MaxIdBytes)
        {
            return Bad($"An item's 'id' must have 1 to {ItemDocument.MaxIdBytes} bytes.");
        }

        return id.AsSpan().ContainsAny(ForbiddenInId) ? Bad(@"An item's 'id' must not contain any of / \ ? #.") : null;
    }

    private static ItemOutcome.Refused? CheckTimeToLive(JsonElement root, out int? seconds)
    {
        seconds = null;
        if (!root.TryGetProperty("ttl"u8, out var property) || property.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (property.ValueKind != JsonValueKind.Number || !property.TryGetInt32(out var value) || value is 0 or < -1)
        {
            return Bad("An item's 'ttl' must be -1 or a whole number of seconds above 0.");
        }

        seconds = value;
        return null;
    }

    private static bool HasSystemProperties(JsonElement root)
    {
        foreach (var property in root.EnumerateObject())
        {
            if (SystemProperties.Contains(property))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlyMemory<byte> WithoutSystemProperties(JsonElement root)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, SystemProperties.WriterOptions))
        {
            writer.WriteStartObject();
            foreach (var property in root.EnumerateObject())
            {
                if (!SystemProperties.Contains(property))
                {
                    property.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static ItemOutcome.Refused Bad(string message) => new(400, 0, message);
}
