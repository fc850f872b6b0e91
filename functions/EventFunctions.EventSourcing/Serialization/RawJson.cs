using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventFunctions.EventSourcing;

/// <summary>
/// A JSON value as its text: written and read inside a larger document without being taken apart and put together again,
/// which for the snapshot of a busy aggregate would be most of the work of an append.
/// </summary>
[JsonConverter(typeof(Converter))]
public sealed class RawJson
{
    private readonly byte[] _utf8;

    private RawJson(byte[] utf8) => _utf8 = utf8;

    /// <summary>The JSON of a value, as <see cref="EventJson.Options"/> write it.</summary>
    /// <typeparam name="TValue">The type whose shape is written.</typeparam>
    public static RawJson Of<TValue>(TValue value) => new(JsonSerializer.SerializeToUtf8Bytes(value, EventJson.Options));

    /// <summary>The value that the JSON holds, as <see cref="EventJson.Options"/> read it; <see langword="null"/> for JSON null.</summary>
    /// <typeparam name="TValue">The type whose shape it has.</typeparam>
    /// <returns>What is sealed in it, and was not opened by <see cref="PersonalDataVault.OpenAsync"/>, reads as <see cref="ErasedText"/>.</returns>
    /// <exception cref="JsonException">The JSON is not a <typeparamref name="TValue"/>.</exception>
    public TValue? To<TValue>() => JsonSerializer.Deserialize<TValue>(WithSealedErased()._utf8, EventJson.Options);

    /// <summary>The JSON with <see cref="ErasedText"/> in place of what is sealed.</summary>
    public RawJson WithSealedErased() => SealedSpans.Find(_utf8) is { Count: > 0 } found
        ? new RawJson(PersonalDataVault.Open(_utf8, found, SubjectKeyRing.Empty, string.Empty))
        : this;

    /// <summary>The JSON's bytes.</summary>
    internal ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>JSON that a serializer wrote or a parser read.</summary>
    internal static RawJson FromUtf8(byte[] utf8) => new(utf8);

    /// <summary>The JSON.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_utf8);

    private sealed class Converter : JsonConverter<RawJson>
    {
        /// <inheritdoc/>
        public override bool HandleNull => true;

        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new RawJson(JsonMarshal.GetRawUtf8Value(document.RootElement).ToArray());
        }

        // It was written by a serializer or read by a parser, so it is JSON.
        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value._utf8, skipInputValidation: true);
    }
}
