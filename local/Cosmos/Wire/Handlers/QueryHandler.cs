using System.Buffers;
using System.Text;
using EventFunctions.Local.Cosmos.Query;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>Queries of a container's items, and the plans for those that go over several key ranges.</summary>
internal static class QueryHandler
{
    private const long PageBytes = 4 * 1024 * 1024;

    public static GatewayResponse Plan(GatewayRequest request, ContainerStore container)
    {
        var body = QueryBody.Read(request.Body);
        var key = request.TryPartitionKey() is { } given ? EffectivePartitionKey.ToHex(EffectivePartitionKey.Of(given)) : null;
        return Refusing(() =>
        {
            SqlIndexRules.Check(body.Query, container.Definition.Indexing);
            return new GatewayResponse(200) { Body = Encoding.UTF8.GetBytes(QueryPlanner.Plan(body.Query, key).ToJsonString()) };
        });
    }

    public static async Task<GatewayResponse> RunAsync(GatewayRequest request, ContainerStore container, CancellationToken cancellationToken)
    {
        var body = QueryBody.Read(request.Body);
        if (Scopes.TryFind(request, container) is not { } scope)
        {
            return AcrossPartitions(request, container, body.Query);
        }

        var from = PositionOf(request, body.Query);
        var limits = new QueryPageLimits(request.PageSize(), PageBytes);
        QueryPage page;
        try
        {
            SqlIndexRules.Check(body.Query, container.Definition.Indexing);
            var run = new SqlRun(container.UtcNow, Random.Shared, SqlRun.UsualMostRows, cancellationToken);
            page = await new QueryExecutor(body.Query, container, scope, run).ReadPageAsync(from, body.Resume, limits, cancellationToken);
        }
        catch (SqlSyntaxException refused)
        {
            return GatewayResponse.Error(400, 0, refused.Message);
        }

        var answer = DocumentList.Write(container.Rid, page.Rows, (output, row) => output.Write(row.Span));
        return new GatewayResponse(200)
        {
            Body = answer,
            ItemCount = page.Rows.Count,
            Continuation = page.Next?.ToText(),
            Session = page.Session,
            Charge = RequestCharges.Query(page.ItemsRead, page.BytesRead, answer.Length),
        };
    }

    /// <summary>
    /// A query over several key ranges is put together by its client, by a plan: some ask for it first, others wait to be told, which is
    /// what substatus 1004 does ("CrossPartitionQueryNotServable").
    /// </summary>
    private static GatewayResponse AcrossPartitions(GatewayRequest request, ContainerStore container, SqlQuery query) => request.Flag(HeaderNames.EnableCrossPartition)
        ? Refusing(() =>
        {
            SqlIndexRules.Check(query, container.Definition.Indexing);
            return GatewayResponse.NotServable(QueryPlanner.Plan(query, null).ToJsonString());
        })
        : GatewayResponse.Error(
            400,
            0,
            $"The query goes over several partitions, and that is not enabled. Name a partition key ({HeaderNames.PartitionKey}), or set {HeaderNames.EnableCrossPartition} to true.");

    private static GatewayResponse Refusing(Func<GatewayResponse> answer)
    {
        try
        {
            return answer();
        }
        catch (SqlSyntaxException refused)
        {
            return GatewayResponse.Error(400, 0, refused.Message);
        }
    }

    private static QueryPosition PositionOf(GatewayRequest request, SqlQuery query)
    {
        try
        {
            return request.Header(HeaderNames.Continuation) is { } text ? QueryPosition.Parse(text, query) : QueryPosition.Start;
        }
        catch (FormatException broken)
        {
            throw new RequestRefusedException(400, 0, broken.Message);
        }
    }
}
