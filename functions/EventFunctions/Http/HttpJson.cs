using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventFunctions.Http;

/// <summary>
/// How request bodies are read: lenient about what is missing, which the validators report, strict about types, and without a
/// guess which of two values for one name is meant (RFC 8259, section 4).
/// </summary>
public static class HttpJson
{
    /// <summary>camelCase names in any case, numbers only as numbers.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            AllowDuplicateProperties = false,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
