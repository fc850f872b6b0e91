using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Where a JSON value of some type has personal data: what its properties or elements are, as far as they lead to any.</summary>
internal sealed class PersonalDataShape
{
    /// <summary>Whether the value itself is personal data.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>The properties of an object that lead to personal data.</summary>
    public Dictionary<string, PersonalDataShape> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>The elements of an array, or the values of a dictionary.</summary>
    public PersonalDataShape? Elements { get; set; }

    /// <summary>The values that are personal data and stand in clear, in their order. JSON null is none.</summary>
    public List<ValueSpan> Find(ReadOnlySpan<byte> json)
    {
        var found = new List<ValueSpan>();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Walk(this, ref reader, JsonPath.Root, found);
        return found;
    }

    private static void Walk(PersonalDataShape? shape, ref Utf8JsonReader reader, JsonPath path, List<ValueSpan> found)
    {
        switch (reader.TokenType)
        {
            case var _ when shape is null:
                reader.Skip();
                break;
            case var _ when shape.IsPersonal:
                Add(ref reader, path, found);
                break;
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    Walk(shape.Properties.GetValueOrDefault(name) ?? shape.Elements, ref reader, path.Property(name), found);
                }
                break;
            case JsonTokenType.StartArray:
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    Walk(shape.Elements, ref reader, path.Element(i), found);
                }
                break;
        }
    }

    private static void Add(ref Utf8JsonReader reader, JsonPath path, List<ValueSpan> found)
    {
        // What is sealed already, or erased, stays as it is.
        var isClear = reader.TokenType != JsonTokenType.Null
            && !SealedSpans.IsSealed(reader)
            && !(reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(ErasedText.Value));
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        if (isClear)
        {
            found.Add(new ValueSpan(start, (int)reader.BytesConsumed - start, path.ToString()));
        }
    }
}
