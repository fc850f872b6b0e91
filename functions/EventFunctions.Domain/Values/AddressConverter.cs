using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain;

/// <summary>A JSON object of the address's parts, <c>line2</c> left out where there is none.</summary>
internal sealed class AddressConverter : JsonConverter<Address>, IJsonSchemaSource
{
    private static readonly JsonSerializerOptions PartsOptions = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string SchemaName => "address";

    // The set of countries follows its standard, so the schema has the form of their codes only.
    public JsonObject Schema(Func<Type, JsonObject> schemaOf) => ErasedForm.Or(new JsonObject
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["name"] = Text(Address.MaxTextLength, "The addressee."),
            ["line1"] = Text(Address.MaxTextLength, "Street and number."),
            ["line2"] = Text(Address.MaxTextLength, "More of it, if there is more."),
            ["postalCode"] = Text(Address.MaxPostalCodeLength, "The postal code."),
            ["city"] = Text(Address.MaxTextLength, "The city."),
            ["country"] = new JsonObject
            {
                ["type"] = "string",
                ["pattern"] = "^[A-Z]{2}$",
                ["description"] = "ISO 3166-1 alpha-2; ZZ of an address that was once not recorded.",
            },
        },
        ["required"] = new JsonArray("name", "line1", "postalCode", "city", "country"),
    });

    public override Address Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(ErasedText.Value))
        {
            return Address.Erased;
        }

        var parts = JsonSerializer.Deserialize<Parts>(ref reader, PartsOptions)!;
        if (parts == Parts.Of(Address.NotRecorded))
        {
            return Address.NotRecorded;
        }

        return Address.TryCreate(parts.Name, parts.Line1, parts.Line2, parts.PostalCode, parts.City, parts.Country, out var address)
            ? address
            : throw new JsonException("A part of the address is missing or breaks its rule.");
    }

    public override void Write(Utf8JsonWriter writer, Address value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value == Address.Erased)
        {
            writer.WriteStringValue(ErasedText.Value);
        }
        else
        {
            JsonSerializer.Serialize(writer, Parts.Of(value), PartsOptions);
        }
    }

    /// <summary>As an address keeps them: not blank, without blanks before it, without control characters.</summary>
    private static JsonObject Text(int maxLength, string description) => new()
    {
        ["type"] = "string",
        ["minLength"] = 1,
        ["maxLength"] = maxLength,
        ["pattern"] = @"^(?!\s)[^\u0000-\u001F\u007F-\u009F]+$",
        ["description"] = description,
    };

    private sealed record Parts(string? Name, string? Line1, string? Line2, string? PostalCode, string? City, string? Country)
    {
        public static Parts Of(Address address) =>
            new(address.Name, address.Line1, address.Line2, address.PostalCode, address.City, address.Country);
    }
}
