using System.Collections.Concurrent;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos.Tests.Fixture;

/// <summary>Writes down the kind of every operation that goes through the SDK.</summary>
public sealed class RequestLog : RequestHandler
{
    private readonly ConcurrentQueue<string> _operations = new();

    /// <summary>The operations since the last call, in order.</summary>
    public IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (_operations.TryDequeue(out var operation))
        {
            taken.Add(operation);
        }

        return taken;
    }

    public override Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        _operations.Enqueue(KindOf(request));
        return base.SendAsync(request, cancellationToken);
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
            "GET" => "read",
            var other => other,
        };

        bool Says(string header) => bool.TryParse(request.Headers[header], out var value) && value;
    }
}
