using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>Values that examples use, by the name of the field or parameter.</summary>
internal static class SampleWords
{
    private const string OrderId = "418c5e10ac1054fb86fb35778b28a905";

    private static readonly Dictionary<string, string> Words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["orderId"] = $"\"{OrderId}\"",
        ["reference"] = $"\"{OrderId}\"",
        ["customerId"] = "\"ada\"",
        ["productId"] = "\"espresso-cup\"",
        ["sku"] = "\"ESPRESSO-CUP\"",
        ["currency"] = "\"EUR\"",
        ["paymentToken"] = "\"tok_ok\"",
        ["name"] = "\"Ada Lovelace\"",
        ["email"] = "\"ada@example.com\"",
        ["line1"] = "\"1 Analytical Way\"",
        ["line2"] = "\"Second floor\"",
        ["postalCode"] = "\"10115\"",
        ["city"] = "\"Berlin\"",
        ["country"] = "\"DE\"",
        ["quantity"] = "2",
        ["amount"] = "12.5",
        ["price"] = "12.5",
        ["unitPrice"] = "12.5",
        ["lowStockThreshold"] = "3",
        ["throughVersion"] = "100",
        ["reason"] = "\"It was a mistake.\"",
        ["status"] = "\"delivered\"",
        ["category"] = "\"kitchen\"",
        ["url"] = "\"https://shop.example.com/hooks\"",
        ["stream"] = $"\"ordering-{OrderId}\"",
        ["id"] = "\"0000000001\"",
        ["topic"] = "\"ordering-events\"",
        ["subscription"] = "\"StartOrderSaga\"",
        ["sequenceNumber"] = "42",
        ["command"] = "\"pause\"",
        ["version"] = "1",
    };

    /// <summary>What stands in an address for a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="path">The address: what is meant by a name depends on it.</param>
    public static string InPath(string parameter, string path) => (parameter, path) switch
    {
        ("name", _) when path.Contains("/projections/", StringComparison.Ordinal) => "order",
        ("name", _) when path.Contains("/schemas/", StringComparison.Ordinal) => "order-placed",
        _ when Words.TryGetValue(parameter, out var word) => JsonNode.Parse(word)!.ToString(),
        _ => OrderId,
    };

    /// <summary>A value of a field that a schema describes.</summary>
    /// <param name="field">The field.</param>
    /// <param name="schema">Its schema, references resolved.</param>
    public static JsonNode InBody(string field, JsonObject schema) => (string?)schema["type"] switch
    {
        _ when schema["enum"] is JsonArray choices => choices[0]!.DeepClone(),
        "boolean" => true,
        _ when Words.TryGetValue(field, out var word) && Fits(JsonNode.Parse(word)!, schema) => JsonNode.Parse(word)!,
        "integer" or "number" => 1,
        "string" when (string?)schema["format"] == "date-time" => "2026-03-04T12:30:00Z",
        "string" when (string?)schema["format"] == "date" => "2026-03-04",
        "string" when (string?)schema["format"] == "uuid" => "418c5e10-ac10-54fb-86fb-35778b28a905",
        "string" when (string?)schema["format"] == "uri" => "https://shop.example.com/hooks",
        "string" => JsonNamingPolicy.KebabCaseLower.ConvertName(field),
        _ => new JsonObject(),
    };

    private static bool Fits(JsonNode value, JsonObject schema) => ((string?)schema["type"], value.GetValueKind()) switch
    {
        ("string", JsonValueKind.String) => !schema.ContainsKey("format"),
        ("number" or "integer", JsonValueKind.Number) => true,
        _ => false,
    };
}
