using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Http.OpenApi;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>How operations refuse: problem details with the codes that there are for each status.</summary>
internal static class ProblemResponses
{
    /// <summary>The media type of problems.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>What operations share, word for word.</summary>
    private static readonly Dictionary<int, string> SharedCodes = new Dictionary<int, string>
    {
        [413] = "body-too-large",
        [415] = "unsupported-media-type",
        [500] = "internal-error",
        [503] = "unavailable",
    };

    private static readonly Dictionary<int, string> Meanings = new Dictionary<int, string>
    {
        [400] = "The request is not valid; every field's errors are told at once.",
        [401] = "The caller did not prove who it is.",
        [403] = "The caller may not do this.",
        [404] = "There is no such thing, or it does not show yet.",
        [409] = "It cannot be done as things are now.",
        [410] = "It was there and is gone.",
        [412] = "The version in If-Match is not the current one.",
        [413] = "The body is too large.",
        [415] = "The body is of another media type than the operation takes.",
        [422] = "A rule forbids it.",
        [500] = "The request failed on our side; the failure is logged under the correlation id.",
        [503] = "A service that the request needs is away.",
    };

    /// <summary>The codes that an operation can answer, by status.</summary>
    public static IReadOnlyDictionary<int, IReadOnlyList<string>> CodesOf(ApiOperation operation)
    {
        var codes = new SortedDictionary<int, SortedSet<string>>();
        var headers = operation.Method.GetCustomAttribute<ApiHeadersAttribute>();
        var body = operation.Method.GetCustomAttribute<ApiBodyAttribute>();
        var hasQuery = operation.Method.IsDefined(typeof(ApiQueryAttribute));
        var isJson = body is { MediaType: "application/json" };
        Add(isJson || hasQuery || headers is { IdempotencyKey: true } or { IfMatch: true }, 400, "validation-failed");
        Add(isJson, 400, "malformed-json");
        Add(body is not null, 400, "bad-request");
        Add(body is not null, 413, SharedCodes[413]);
        Add(body is not null, 415, SharedCodes[415]);
        Add(headers is { IfMatch: true }, 412, "stale-version");
        Add(headers is { IdempotencyKey: true }, 422, "idempotency-key-reused");
        Add(true, 500, SharedCodes[500]);
        Add(true, 503, SharedCodes[503]);
        foreach (var declared in operation.Method.GetCustomAttributes<ApiProblemAttribute>())
        {
            Add(true, declared.Status, [.. declared.Codes]);
        }

        return codes.ToDictionary(c => c.Key, c => (IReadOnlyList<string>)[.. c.Value]);

        void Add(bool isPossible, int status, params string[] more)
        {
            if (isPossible)
            {
                codes.TryAdd(status, new SortedSet<string>(StringComparer.Ordinal));
                codes[status].UnionWith(more);
            }
        }
    }

    /// <summary>The answer with a status.</summary>
    public static JsonObject Of(int status, IReadOnlyList<string> codes, SchemaSet set, bool isShared = true) =>
        isShared && SharedCodes.TryGetValue(status, out var shared) && codes is [var only] && only == shared
            ? new JsonObject { ["$ref"] = $"#/components/responses/{shared}" }
            : Response(status, codes, set);

    /// <summary>The answers that operations share.</summary>
    public static JsonObject Shared(SchemaSet set) =>
        new(SharedCodes.Select(s => KeyValuePair.Create(s.Value, (JsonNode?)Response(s.Key, [s.Value], set))).Append(KeyRefusal.Shared()));

    private static JsonObject Response(int status, IReadOnlyList<string> codes, SchemaSet set) => new()
    {
        ["description"] = Meanings.GetValueOrDefault(status, $"Refused with status {status.ToString(CultureInfo.InvariantCulture)}."),
        ["headers"] = CommonHeaders.HeadersOf(mayRetry: status == 503 || codes.Contains("contended")),
        ["content"] = new JsonObject
        {
            [MediaType] = new JsonObject
            {
                ["schema"] = new JsonObject
                {
                    ["allOf"] = new JsonArray(
                        set.ReferenceTo(typeof(Problem)),
                        new JsonObject { ["properties"] = new JsonObject { ["code"] = new JsonObject { ["enum"] = new JsonArray([.. codes.Select(c => (JsonNode)c)]) } } }),
                },
            },
        },
    };
}
