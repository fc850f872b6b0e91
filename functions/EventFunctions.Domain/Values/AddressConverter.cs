using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventFunctions.Domain;

/// <summary>A JSON object of the address's parts, <c>line2</c> left out where there is none.</summary>
internal sealed class AddressConverter : JsonConverter<Address>
{
    private static readonly JsonSerializerOptions PartsOptions = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public override Address Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var parts = JsonSerializer.Deserialize<Parts>(ref reader, PartsOptions)!;
        if (parts == Parts.Of(Address.NotRecorded))
        {
            return Address.NotRecorded;
        }

        return Address.TryCreate(parts.Name, parts.Line1, parts.Line2, parts.PostalCode, parts.City, parts.Country, out var address)
            ? address
            : throw new JsonException("A part of the address is missing or breaks its rule.");
    }

    public override void Write(Utf8JsonWriter writer, Address value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, Parts.Of(value), PartsOptions);

    private sealed record Parts(string? Name, string? Line1, string? Line2, string? PostalCode, string? City, string? Country)
    {
        public static Parts Of(Address address) =>
            new(address.Name, address.Line1, address.Line2, address.PostalCode, address.City, address.Country);
    }
}
