using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using EventFunctions.EventSourcing;
using EventFunctions.Http.OpenApi;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>How an operation can answer.</summary>
internal static class Responses
{
    private static readonly Dictionary<int, string> Meanings = new Dictionary<int, string>
    {
        [200] = "Done; the body tells what is there.",
        [201] = "Created.",
        [202] = "Accepted; it will be done.",
        [204] = "Done.",
        [503] = "Not all is well; the body tells what.",
    };

    /// <summary>The answers by status: what is declared, and what any operation of the kind can answer.</summary>
    /// <exception cref="CatalogException">No answer is declared.</exception>
    public static JsonObject Of(ApiOperation operation, SchemaSet set)
    {
        var answers = operation.Method.GetCustomAttributes<ApiAnswerAttribute>().GroupBy(a => a.Status).ToDictionary(a => a.Key, a => a.ToList());
        if (answers.Count == 0)
        {
            throw new CatalogException($"{operation.Id} does not declare how it answers. Mark its method [ApiAnswer(status, typeof(body))].");
        }

        var all = new SortedDictionary<int, JsonObject>();
        foreach (var (status, codes) in ProblemResponses.CodesOf(operation))
        {
            all[status] = ProblemResponses.Of(status, codes, set);
        }

        foreach (var (status, variants) in answers)
        {
            var answer = AnswerOf(status, variants, set);
            if (all.ContainsKey(status))
            {
                // Told apart by their media types.
                var problem = ProblemResponses.Of(status, ProblemResponses.CodesOf(operation)[status], set, isShared: false);
                answer["content"]!.AsObject().Add(ProblemResponses.MediaType, problem["content"]![ProblemResponses.MediaType]!.DeepClone());
                answer["headers"] = problem["headers"]!.DeepClone();
            }

            all[status] = answer;
        }

        if (operation.IsForOperators)
        {
            all.TryAdd(401, KeyRefusal.Reference());
        }

        if (operation.Method.GetCustomAttribute<ApiHeadersAttribute>() is { IfNoneMatch: true })
        {
            all[304] = new JsonObject { ["description"] = "What the client has is current.", ["headers"] = CommonHeaders.HeadersOf(hasETag: true) };
        }

        return new JsonObject(all.Select(r => KeyValuePair.Create(r.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)r.Value)));
    }

    private static JsonObject AnswerOf(int status, IReadOnlyList<ApiAnswerAttribute> variants, SchemaSet set)
    {
        var answer = new JsonObject
        {
            ["description"] = Meanings.GetValueOrDefault(status, "Done."),
            ["headers"] = CommonHeaders.HeadersOf(variants.Any(v => v.HasETag), variants.Any(v => v.HasLocation)),
        };
        if (variants.Where(v => v.Body is not null).ToList() is { Count: > 0 } bodies)
        {
            answer["content"] = new JsonObject(bodies.Select(
                b => KeyValuePair.Create(b.MediaType, (JsonNode?)new JsonObject { ["schema"] = set.ReferenceTo(b.Body!) })));
        }

        return answer;
    }
}
