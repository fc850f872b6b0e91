using System.Collections.Concurrent;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Tests.Costs;

/// <summary>Writes down every request that goes through the SDK with what the store charged for it.</summary>
internal sealed class CostLog : RequestHandler
{
    private readonly ConcurrentQueue<Cost> _costs = new();

    /// <summary>The requests since the last call.</summary>
    public IReadOnlyList<Cost> Take()
    {
        var taken = new List<Cost>();
        while (_costs.TryDequeue(out var cost))
        {
            taken.Add(cost);
        }

        return taken;
    }

    public override async Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        // Read before it is sent: the SDK rewrites a request on its way.
        var (container, kind) = (ContainerOf(request), KindOf(request));
        var response = await base.SendAsync(request, cancellationToken);
        _costs.Enqueue(new Cost(container, kind, response.Headers.RequestCharge));
        return response;
    }

    private static string ContainerOf(RequestMessage request)
    {
        var segments = request.RequestUri.OriginalString.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(segments, "colls");
        return at >= 0 && at + 1 < segments.Length
            ? segments[at + 1]
            : throw new InvalidOperationException($"'{request.RequestUri}' is not a request to a container, so its cost has no place in the table.");
    }

    private static string KindOf(RequestMessage request)
    {
        return request.Method.Method switch
        {
            "POST" when Says("x-ms-cosmos-is-query-plan-request") => "query plan",
            "POST" when Says("x-ms-cosmos-is-batch-request") => "batch",
            "POST" when Says("x-ms-documentdb-isquery") => "query",
            "POST" => "create",
            "PUT" => "replace",
            "GET" => "point read",
            "DELETE" => "delete",
            var other => other,
        };

        bool Says(string header) => bool.TryParse(request.Headers[header], out var value) && value;
    }
}

/// <summary>A request and its price.</summary>
/// <param name="Container">The container.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="Charge">In request units.</param>
internal sealed record Cost(string Container, string Kind, double Charge);
