using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain;

/// <summary><c>{"amount":12.50,"currency":"EUR"}</c>; further properties are passed over, as in every event.</summary>
internal sealed class MoneyConverter : JsonConverter<Money>, IJsonSchemaSource
{
    public string SchemaName => "money";

    // How many decimals an amount may have depends on the currency, which a schema could only say with a list of them all.
    public JsonObject Schema(Func<Type, JsonObject> schemaOf) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["amount"] = new JsonObject
            {
                ["type"] = "number",
                ["minimum"] = 0,
                ["maximum"] = Money.MaxAmount,
                ["description"] = "In units of the currency, with just as many decimals as the currency has.",
            },
            ["currency"] = schemaOf(typeof(Currency)),
        },
        ["required"] = new JsonArray("amount", "currency"),
    };

    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Money is a JSON object with amount and currency.");
        }

        decimal? amount = null;
        Currency? currency = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isAmount = reader.ValueTextEquals("amount"u8);
            var isCurrency = reader.ValueTextEquals("currency"u8);
            reader.Read();
            if (isAmount)
            {
                amount = reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var number) ? number : null;
            }
            else if (isCurrency)
            {
                currency = reader.TokenType == JsonTokenType.String && Currency.TryCreate(reader.GetString(), out var known) ? known : null;
            }
            else
            {
                reader.Skip();
            }
        }

        return amount is not null && currency is not null && Money.TryCreate(amount.Value, currency, out var money)
            ? money
            : throw new JsonException("Money needs a known currency and an amount in its range and decimals.");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("amount"u8, value.Amount);
        writer.WriteString("currency"u8, value.Currency.Code);
        writer.WriteEndObject();
    }
}
