using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain;

/// <summary>A number of pieces, 1 to 1,000,000. A JSON number.</summary>
[JsonConverter(typeof(Converter))]
public sealed record Quantity
{
    /// <summary>The largest quantity.</summary>
    public const int MaxValue = 1_000_000;

    /// <summary>Wraps a number.</summary>
    /// <param name="value">1 to 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside the range.</exception>
    public Quantity(int value)
    {
        if (value is < 1 or > MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"A quantity is a whole number from 1 to {MaxValue}.");
        }

        Value = value;
    }

    /// <summary>The number, 1 to 1,000,000.</summary>
    public int Value { get; }

    /// <summary>Wraps a number, or tells that it is outside the range.</summary>
    public static bool TryCreate(int number, [NotNullWhen(true)] out Quantity? value)
    {
        value = number is >= 1 and <= MaxValue ? new Quantity(number) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    private sealed class Converter : JsonConverter<Quantity>, IJsonSchemaSource
    {
        public string SchemaName => "quantity";

        public JsonObject Schema(Func<Type, JsonObject> schemaOf) => new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = MaxValue };

        public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) && TryCreate(number, out var value)
                ? value
                : throw new JsonException($"A quantity is a whole JSON number from 1 to {MaxValue}.");

        public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }
}
