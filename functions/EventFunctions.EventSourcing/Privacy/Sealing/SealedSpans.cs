using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Finds the sealed values in JSON, wherever they stand: reading needs no type.</summary>
internal static class SealedSpans
{
    private static readonly byte[] Hint = [.. "\""u8, .. "$sealed"u8, .. "\""u8];

    /// <summary>The sealed values, in their order. Where there are none this is one search through the bytes.</summary>
    /// <exception cref="JsonException">It is not JSON, or something begins like a sealed value and is none.</exception>
    public static IReadOnlyList<(ValueSpan Span, SealedValue Value)> Find(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf(Hint) < 0)
        {
            return [];
        }
        var found = new List<(ValueSpan, SealedValue)>();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Walk(ref reader, json, JsonPath.Root, found);
        return found;
    }

    private static void Walk(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, JsonPath path, List<(ValueSpan Span, SealedValue Value)> found)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject when IsSealed(reader):
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                var span = new ValueSpan(start, (int)reader.BytesConsumed - start, path.ToString());
                var value = JsonSerializer.Deserialize<SealedValue>(json.Slice(span.Start, span.Length), EventJson.Options)!;
                found.Add((span, value));
                break;
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    Walk(ref reader, json, path.Property(name), found);
                }
                break;
            case JsonTokenType.StartArray:
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    Walk(ref reader, json, path.Element(i), found);
                }
                break;
        }
    }

    /// <summary>Whether the object that begins here is a sealed value.</summary>
    public static bool IsSealed(Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject
        && reader.Read()
        && reader.TokenType == JsonTokenType.PropertyName
        && reader.ValueTextEquals(SealedValue.Marker);
}
