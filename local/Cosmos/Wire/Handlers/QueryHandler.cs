using System.Buffers;
using System.Text;
using EventFunctions.Local.Cosmos.Query;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>Queries of a container's items, and the plans for those that go over several key ranges.</summary>
internal static class QueryHandler
{
    private const long PageBytes = 4 * 1024 * 1024;

    public static GatewayResponse Plan(GatewayRequest request)
    {
        var body = QueryBody.Read(request.Body);
        var key = request.TryPartitionKey() is { } given ? EffectivePartitionKey.ToHex(EffectivePartitionKey.Of(given)) : null;
        try
        {
            return new GatewayResponse(200) { Body = Encoding.UTF8.GetBytes(QueryPlanner.Plan(body.Query, key).ToJsonString()) };
        }
        catch (SqlSyntaxException refused)
        {
            return GatewayResponse.Error(400, 0, refused.Message);
        }
    }

    public static async Task<GatewayResponse> RunAsync(GatewayRequest request, ContainerStore container, CancellationToken cancellationToken)
    {
        var scope = Scopes.Of(request, container);
        var body = QueryBody.Read(request.Body);
        var from = PositionOf(request, body.Query);
        var limits = new QueryPageLimits(request.PageSize(), PageBytes);
        var page = await new QueryExecutor(body.Query, container, scope).ReadPageAsync(from, body.Resume, limits, cancellationToken);
        var answer = DocumentList.Write(container.Rid, page.Rows, (output, row) => output.Write(row.Span));
        return new GatewayResponse(200)
        {
            Body = answer,
            ItemCount = page.Rows.Count,
            Continuation = page.Next?.ToText(),
            Session = page.Session,
            Charge = RequestCharges.Query(page.ItemsRead, answer.Length),
        };
    }

    private static QueryPosition PositionOf(GatewayRequest request, SqlQuery query)
    {
        try
        {
            return request.Header(HeaderNames.Continuation) is { } text ? QueryPosition.Parse(text, query.OrderBy.Count) : QueryPosition.Start;
        }
        catch (FormatException broken)
        {
            throw new RequestRefusedException(400, 0, broken.Message);
        }
    }
}
