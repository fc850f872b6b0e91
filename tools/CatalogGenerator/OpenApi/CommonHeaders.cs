using System.Reflection;
using System.Text.Json.Nodes;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>The headers that many operations share.</summary>
internal static class CommonHeaders
{
    private const string CorrelationName = "correlation-id";

    /// <summary>The request headers, by name.</summary>
    public static JsonObject Parameters() => new()
    {
        [CorrelationName] = Parameter(
            RequestMetadata.CorrelationHeader,
            "The id of the business transaction, 1 to 128 visible ASCII characters: it goes into every event, log and answer. A new one where it is left out."),
        ["idempotency-key"] = Parameter(
            IdempotencyKey.Header,
            $"Makes a repetition take effect once: 1 to {IdempotencyKey.MaxLength} visible ASCII characters, new for each new request."),
        ["if-match"] = Parameter("If-Match", "Does it only if this ETag is still the current one."),
        ["if-none-match"] = Parameter("If-None-Match", "Sends no body if this ETag is still the current one."),
    };

    /// <summary>The response headers, by name.</summary>
    public static JsonObject Headers() => new()
    {
        [CorrelationName] = Header("The id of the business transaction.", isRequired: true),
        ["etag"] = Header("The version of what the body shows, quoted; If-Match takes it.", isRequired: true),
        ["location"] = Header("Where what came of the request can be read.", isRequired: true),
        ["retry-after"] = Header("How many seconds to wait before another try.", isRequired: false, "integer"),
    };

    /// <summary>The request headers that an operation heeds.</summary>
    public static IEnumerable<JsonNode> ParametersOf(ApiOperation operation)
    {
        var headers = operation.Method.GetCustomAttribute<ApiHeadersAttribute>();
        yield return Reference("parameters", CorrelationName);
        foreach (var name in new[]
        {
            headers is { IdempotencyKey: true } ? "idempotency-key" : null,
            headers is { IfMatch: true } ? "if-match" : null,
            headers is { IfNoneMatch: true } ? "if-none-match" : null,
        }.OfType<string>())
        {
            yield return Reference("parameters", name);
        }

        foreach (var name in headers?.Required ?? [])
        {
            var parameter = Parameter(name, "Proves who sends the request.");
            parameter["required"] = true;
            yield return parameter;
        }
    }

    /// <summary>The response headers of an answer.</summary>
    public static JsonObject HeadersOf(bool hasETag = false, bool hasLocation = false, bool mayRetry = false)
    {
        var headers = new JsonObject { [RequestMetadata.CorrelationHeader] = Reference("headers", CorrelationName) };
        Add(hasETag, "ETag", "etag");
        Add(hasLocation, "Location", "location");
        Add(mayRetry, "Retry-After", "retry-after");
        return headers;

        void Add(bool isSent, string header, string name)
        {
            if (isSent)
            {
                headers[header] = Reference("headers", name);
            }
        }
    }

    private static JsonObject Reference(string kind, string name) => new() { ["$ref"] = $"#/components/{kind}/{name}" };

    private static JsonObject Parameter(string name, string description) => new()
    {
        ["name"] = name,
        ["in"] = "header",
        ["required"] = false,
        ["description"] = description,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Header(string description, bool isRequired, string type = "string") => new()
    {
        ["description"] = description,
        ["required"] = isRequired,
        ["schema"] = new JsonObject { ["type"] = type },
    };
}
