using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.EventCatalog;
using EventFunctions.Tests.Support;

namespace EventFunctions.EndToEnd.Tests.Running;

/// <summary>The OpenAPI document that the app serves; holds requests and answers against it.</summary>
internal sealed class ApiDescription
{
    private readonly ConcurrentDictionary<string, SchemaCheck> _checks = new(StringComparer.Ordinal);
    private readonly JsonObject _document = JsonNode.Parse(new PublishedFiles().OpenApi.Content.Span)!.AsObject();

    /// <summary>What a request and its answer do that the document does not say; a sentence each.</summary>
    public IReadOnlyList<string> ProblemsOf(HttpRequestMessage request, byte[] sent, HttpResponseMessage response, byte[] received)
    {
        var path = request.RequestUri!.AbsolutePath;
        var status = (int)response.StatusCode;
        if (PathOf(path) is not { } described || described.Value![VerbOf(request)] is not JsonObject operation)
        {
            return status is 404 or 405 ? [] : [$"{request.Method} {path} is not described, but is answered {status}."];
        }

        var name = (string)operation["operationId"]!;
        if (operation["responses"]![$"{status}"] is not { } declared)
        {
            return [$"{name} does not declare status {status}: {Encoding.UTF8.GetString(received)}"];
        }

        var answer = Resolve(declared);
        return
        [
            .. MissingHeaders(answer, response).Select(h => $"{name} answered {status} without the header {h}."),
            .. BodyProblems(answer["content"], response.Content.Headers.ContentType?.MediaType, received).Select(p => $"{name} answered {status}: {p}"),
            .. response.IsSuccessStatusCode ? RequestProblems(operation, request, sent).Select(p => $"{name} took a request that it does not declare: {p}") : [],
        ];
    }

#pragma warning disable CA1308 // The document's words are lower-case.
    private static string VerbOf(HttpRequestMessage request) => request.Method.Method.ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>The address with most words of its own that fits.</summary>
    private KeyValuePair<string, JsonNode?>? PathOf(string path)
    {
        var parts = path.Split('/');
        return _document["paths"]!.AsObject()
            .Where(p => p.Key.Split('/') is var segments && segments.Length == parts.Length
                && segments.Zip(parts).All(s => s.First.StartsWith('{') || s.First.Equals(s.Second, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(p => p.Key.Count(c => c == '{'))
            .Select(p => (KeyValuePair<string, JsonNode?>?)p)
            .FirstOrDefault();
    }

    private IEnumerable<string> MissingHeaders(JsonNode answer, HttpResponseMessage response) =>
        from header in answer["headers"]?.AsObject() ?? []
        where (bool?)Resolve(header.Value!)["required"] == true
        where !response.Headers.Contains(header.Key) && !response.Content.Headers.Contains(header.Key)
        select header.Key;

    private IEnumerable<string> RequestProblems(JsonObject operation, HttpRequestMessage request, byte[] sent)
    {
        var known = operation["parameters"]!.AsArray().Select(p => Resolve(p!)).Where(p => (string?)p["in"] == "query").Select(p => (string)p["name"]!).ToHashSet();
        foreach (var name in QueryOf(request).Where(q => !known.Contains(q)))
        {
            yield return $"query parameter '{name}'";
        }

        if (operation["requestBody"] is { } body && (sent.Length > 0 || (bool?)body["required"] == true))
        {
            foreach (var problem in BodyProblems(body["content"], request.Content?.Headers.ContentType?.MediaType ?? "application/json", sent))
            {
                yield return problem;
            }
        }
    }

    private IEnumerable<string> BodyProblems(JsonNode? content, string? mediaType, byte[] body)
    {
        if (content is null || body.Length == 0)
        {
            return content is null == (body.Length == 0) ? [] : [$"a body of {body.Length} bytes"];
        }

        var declared = content.AsObject().FirstOrDefault(c => c.Key.Split(';')[0] == mediaType).Value;
        return declared switch
        {
            null => [$"a body of media type {mediaType}"],
            _ when mediaType!.EndsWith("json", StringComparison.Ordinal) && !mediaType.EndsWith("ndjson", StringComparison.Ordinal) =>
                CheckOf(declared["schema"]!).ProblemsOf(Parse(body)).Select(p => $"{p} in {Encoding.UTF8.GetString(body)}"),
            _ => [],
        };
    }

    private static JsonNode? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return "a body that is no JSON";
        }
    }

    private SchemaCheck CheckOf(JsonNode schema) => _checks.GetOrAdd(schema.GetPath(), _ =>
    {
        var whole = new JsonObject { ["allOf"] = new JsonArray(schema.DeepClone()), ["$defs"] = _document["components"]!["schemas"]!.DeepClone() };
        return new SchemaCheck(JsonNode.Parse(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!.AsObject());
    });

    private static IEnumerable<string> QueryOf(HttpRequestMessage request) =>
        request.RequestUri!.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(q => Uri.UnescapeDataString(q.Split('=')[0]));

    private JsonNode Resolve(JsonNode node) => node["$ref"] is { } reference
        ? ((string)reference!).Split('/').Skip(1).Aggregate((JsonNode)_document, (at, part) => at[part]!)
        : node;
}
