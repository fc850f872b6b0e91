using System.Buffers;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Query;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>Lists and queries of databases, containers and offers: so few that each query just goes over all of them.</summary>
internal static class ControlPlaneQuery
{
    /// <summary>Answers with the resources that the request is about: all, or, where it is a query, what that gives.</summary>
    /// <param name="request">The request.</param>
    /// <param name="rid">The RID of what they belong to.</param>
    /// <param name="name">The name they go by in the answer.</param>
    /// <param name="resources">All there are.</param>
    /// <exception cref="RequestRefusedException">The query can't be read, or asks for what is not supported of such resources.</exception>
    public static GatewayResponse Answer(GatewayRequest request, string rid, string name, IReadOnlyList<JsonElement> resources)
    {
        List<SqlValue> found = request.IsQuery ? Find(request, resources) : [.. resources.Select(SqlValue.Of)];
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, SystemProperties.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("_rid", rid);
            writer.WriteStartArray(name);
            foreach (var value in found)
            {
                writer.WriteRawValue(SqlValueWriter.ToJson(value).Span, skipInputValidation: true);
            }

            writer.WriteEndArray();
            writer.WriteNumber("_count", found.Count);
            writer.WriteEndObject();
        }

        return new GatewayResponse(200) { Body = output.WrittenMemory, ItemCount = found.Count };
    }

    private static List<SqlValue> Find(GatewayRequest request, IReadOnlyList<JsonElement> resources)
    {
        var query = QueryBody.Read(request.Body).Query;
        if (query.Groups || query.OrderBy.Count > 0 || query.Distinct)
        {
            throw new RequestRefusedException(400, 0, "ORDER BY, GROUP BY, DISTINCT and aggregates are supported in queries of items only.");
        }

        try
        {
            var evaluator = new SqlEvaluator(new SqlRun(DateTimeOffset.UnixEpoch, new Random(0), SqlRun.UsualMostRows, CancellationToken.None));
            var rows = resources.SelectMany(r => SqlSubqueries.ValuesOf(query, SqlBindings.At(SqlValue.Of(r)), evaluator));
            return [.. rows.Skip((int)query.Offset).Take((int)Math.Min(int.MaxValue, query.MaxRows ?? int.MaxValue))];
        }
        catch (SqlSyntaxException refused)
        {
            throw new RequestRefusedException(400, 0, refused.Message);
        }
    }
}
