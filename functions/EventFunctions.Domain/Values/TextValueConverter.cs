using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain;

/// <summary>Writes a value as a JSON string, or as a property name where it is a dictionary's key.</summary>
/// <typeparam name="TValue">The value's type.</typeparam>
internal sealed class TextValueConverter<TValue> : JsonConverter<TValue>, IJsonSchemaSource
    where TValue : class, ITextValue<TValue>
{
    public string SchemaName => JsonNamingPolicy.KebabCaseLower.ConvertName(typeof(TValue).Name);

    public JsonObject Schema(Func<Type, JsonObject> schemaOf)
    {
        var schema = TValue.TextSchema;
        schema.Insert(0, "type", "string");
        return TValue.Erased is null ? schema : ErasedForm.Or(schema);
    }

    public override TValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? ReadText(ref reader)
            : throw new JsonException($"A {typeof(TValue).Name} is a JSON string, not a {reader.TokenType}.");

    public override void Write(Utf8JsonWriter writer, TValue value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);

    public override TValue ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ReadText(ref reader);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, TValue value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Text);

    // The text itself stays out of the message: it may be a person's data, or a payment token.
    private static TValue ReadText(ref Utf8JsonReader reader)
    {
        var text = reader.GetString();
        if (TValue.Erased is { } erased && text == ErasedText.Value)
        {
            return erased;
        }

        return TValue.TryCreate(text, out var value) ? value : throw new JsonException($"The text is not a {typeof(TValue).Name}.");
    }
}
