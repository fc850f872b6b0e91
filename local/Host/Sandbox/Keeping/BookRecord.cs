using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventFunctions.Local.Host.Sandbox.Keeping;

/// <summary>How the books stand in their journal: one record for each change, a JSON array of <c>[table, key, row]</c>.</summary>
internal static class BookRecord
{
    /// <summary>The first record of a journal and of each snapshot: what the records behind it are.</summary>
    public const byte Header = 0;

    /// <summary>The rows of a change, or of a part of a snapshot.</summary>
    public const byte Rows = 1;

    /// <summary>How rows are written.</summary>
    public static JsonSerializerOptions Format { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>What stands in the header; another version of the rows has another number.</summary>
    public static ReadOnlySpan<byte> Title => "partners/1"u8;

    /// <summary>Writes a change.</summary>
    public static byte[] Write(IEnumerable<BookEntry> entries)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var entry in entries)
            {
                json.WriteStartArray();
                json.WriteStringValue(entry.Table);
                json.WriteStringValue(entry.Key);
                JsonSerializer.Serialize(json, entry.Row, entry.Row.GetType(), Format);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a change.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static IReadOnlyList<(string Table, string Key, JsonElement Row)> Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            var entries = JsonSerializer.Deserialize<JsonElement[][]>(payload) ?? [];
            return [.. entries.Select(e => (e[0].GetString()!, e[1].GetString()!, e[2]))];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("A change of the sandbox's books can't be read", exception);
        }
    }
}
