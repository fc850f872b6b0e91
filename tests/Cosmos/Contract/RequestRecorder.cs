using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Cosmos.Tests.Contract;

/// <summary>Sits in a client's way to the endpoint and keeps what it sends.</summary>
internal sealed class RequestRecorder() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly Lock _gate = new();
    private readonly List<(string? Range, byte[] Body)> _requests = [];

    /// <summary>The requests that had a body, with the key range the client chose.</summary>
    public IReadOnlyList<(string? Range, byte[] Body)> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>How often the client asked for the plan of a query.</summary>
    public int Plans { get; private set; }

    public CosmosClient Connect(CosmosEndpoint endpoint, bool bulk = false)
    {
        var options = CosmosFixture.Options(bulk);
        options.HttpClientFactory = () => new HttpClient(this, disposeHandler: false);
        return new CosmosClient(endpoint.ConnectionString, options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null)
        {
            var body = await request.Content.ReadAsByteArrayAsync(cancellationToken);
            var range = request.Headers.TryGetValues("x-ms-documentdb-partitionkeyrangeid", out var values) ? values.Single() : null;
            lock (_gate)
            {
                _requests.Add((range, body));
                Plans += request.Headers.Contains("x-ms-cosmos-is-query-plan-request") ? 1 : 0;
            }
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
