using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Wire.Handlers;
using EventFunctions.Local.Cosmos.Wire.Throttling;

namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>Sends a request to its handler, by the resource it names and, where the protocol has it so, by its headers.</summary>
/// <param name="account">What is served.</param>
/// <param name="throttle">What holds containers to their throughput; <see langword="null"/> where nothing does.</param>
internal sealed class Router(Account account, Throttle? throttle)
{
    public async Task<GatewayResponse> RouteAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        switch (request.Path)
        {
            case ResourcePath.Items(var databaseId, var id) when account.FindContainer(databaseId, id) is { } listed:
                return throttle is null ? await ItemsAsync(request, listed, cancellationToken) : await SpendAsync(throttle, request, listed, ItemsAsync, cancellationToken);
            case ResourcePath.Item(var databaseId, var containerId, var id) when account.FindContainer(databaseId, containerId) is { } single:
                return throttle is null
                    ? await ItemHandler.HandleAsync(request, id, single, cancellationToken)
                    : await SpendAsync(throttle, request, single, (r, c, token) => ItemHandler.HandleAsync(r, id, c, token), cancellationToken);
            default:
                // The answer says which databases and containers there are, or that there is none.
                var answer = await ControlAsync(request, cancellationToken);
                await account.WhenLoggedAsync(cancellationToken);
                return answer;
        }
    }

    private static Task<GatewayResponse> SpendAsync(
        Throttle throttle, GatewayRequest request, ContainerStore container, Func<GatewayRequest, ContainerStore, CancellationToken, Task<GatewayResponse>> answer, CancellationToken cancellationToken) =>
        throttle.SpendAsync(request, container, () => answer(request, container, cancellationToken));

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
                return OfferHandler.List(request, account);
            case ResourcePath.Offer(var rid):
                return await OfferHandler.HandleAsync(request, rid, account, cancellationToken);
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
