using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Wire.Handlers;

namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>Sends a request to its handler, by the resource it names and, where the protocol has it so, by its headers.</summary>
internal sealed class Router(Account account)
{
    public async Task<GatewayResponse> RouteAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        switch (request.Path)
        {
            case ResourcePath.Items(var databaseId, var id) when account.FindContainer(databaseId, id) is { } listed:
                return await ItemsAsync(request, listed, cancellationToken);
            case ResourcePath.Item(var databaseId, var containerId, var id) when account.FindContainer(databaseId, containerId) is { } single:
                return await ItemHandler.HandleAsync(request, id, single, cancellationToken);
            default:
                // The answer says which databases and containers there are, or that there is none.
                var answer = await ControlAsync(request, cancellationToken);
                await account.WhenLoggedAsync(cancellationToken);
                return answer;
        }
    }

    private async Task<GatewayResponse> ControlAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        switch (request.Path)
        {
            case ResourcePath.Account:
                return AccountHandler.Read(request);
            case ResourcePath.Databases:
                return await DatabaseHandler.CreateOrListAsync(request, account, cancellationToken);
            case ResourcePath.Database(var id):
                return await DatabaseHandler.HandleAsync(request, id, account, cancellationToken);
            case ResourcePath.Containers(var databaseId):
                return await ContainerHandler.CreateOrListAsync(request, databaseId, account, cancellationToken);
            case ResourcePath.Container path:
                return await ContainerHandler.HandleAsync(request, path, account, cancellationToken);
            case ResourcePath.KeyRanges(var databaseId, var id):
                return account.FindContainer(databaseId, id) is { } ranged ? KeyRangeHandler.Read(request, ranged) : ContainerHandler.NotFound(id);
            case ResourcePath.Items(_, var id):
                return ContainerHandler.NotFound(id);
            case ResourcePath.Item(_, var id, _):
                return ContainerHandler.NotFound(id);
            case ResourcePath.Offers:
                return new GatewayResponse(200) { Body = JsonSerializer.SerializeToUtf8Bytes(new { _rid = string.Empty, Offers = Array.Empty<object>(), _count = 0 }) };
            case ResourcePath.Unknown(var path):
                return Unsupported.Path(path);
            default:
                throw new InvalidOperationException($"Unknown path {request.Path.GetType().Name}.");
        }
    }

    private static Task<GatewayResponse> ItemsAsync(GatewayRequest request, ContainerStore container, CancellationToken cancellationToken) => request.Method switch
    {
        "GET" => FeedHandler.ReadAsync(request, container, cancellationToken),
        "POST" when request.Flag(HeaderNames.IsQueryPlan) => Task.FromResult(QueryHandler.Plan(request, container)),
        "POST" when request.Flag(HeaderNames.IsBatch) => BatchHandler.HandleAsync(request, container, cancellationToken),
        "POST" when request.IsQuery => QueryHandler.RunAsync(request, container, cancellationToken),
        "POST" => ItemHandler.CreateAsync(request, container, cancellationToken),
        _ => Task.FromResult(Unsupported.Method(request, "a container's items")),
    };
}
