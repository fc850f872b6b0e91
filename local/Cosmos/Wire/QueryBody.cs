using System.Text.Json;
using EventFunctions.Local.Cosmos.Query;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>The body of a query: text, parameters and, from a client that merges ranges, where to resume.</summary>
internal sealed record QueryBody(SqlQuery Query, ResumeFilter? Resume)
{
    /// <exception cref="RequestRefusedException">It is not such a body, or the query can't be run.</exception>
    public static QueryBody Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            var json = JsonElement.Parse(utf8.Span, ItemDocument.ReadOptions);
            StrictText.ThrowIfBroken(utf8.Span, json);
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("query", out var text) || text.ValueKind != JsonValueKind.String)
            {
                throw new FormatException("it must be a JSON object with a 'query'.");
            }

            var query = SqlParser.Parse(text.GetString()!, ReadParameters(json));
            var resume = json.TryGetProperty("resumeFilter", out var filter) && filter.ValueKind != JsonValueKind.Null
                ? ResumeFilter.Parse(filter, query.OrderBy.Count)
                : null;
            return new QueryBody(query, resume);
        }
        catch (SqlSyntaxException broken)
        {
            throw new RequestRefusedException(400, 0, broken.Message);
        }
        catch (Exception broken) when (broken is JsonException or FormatException)
        {
            throw new RequestRefusedException(400, 0, $"The query can't be read: {broken.Message}");
        }
    }

    private static Dictionary<string, SqlValue> ReadParameters(JsonElement json)
    {
        var parameters = new Dictionary<string, SqlValue>(StringComparer.Ordinal);
        if (!json.TryGetProperty("parameters", out var given) || given.ValueKind != JsonValueKind.Array)
        {
            return parameters;
        }

        foreach (var parameter in given.EnumerateArray())
        {
            if (parameter.ValueKind != JsonValueKind.Object || !parameter.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
            {
                throw new FormatException("a parameter must be an object with a 'name' and a 'value'.");
            }

            parameters[name.GetString()!] = parameter.TryGetProperty("value", out var value) ? SqlValue.Of(value) : SqlValue.Undefined;
        }

        return parameters;
    }
}
