using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>Single items: create, upsert, read, replace, patch, delete.</summary>
internal static class ItemHandler
{
    public static Task<GatewayResponse> CreateAsync(GatewayRequest request, ContainerStore container, CancellationToken cancellationToken) =>
        WithDocument(request, container, document => request.Flag(HeaderNames.IsUpsert)
            ? new ItemOperation.Upsert(document, request.IfMatch)
            : new ItemOperation.Create(document), cancellationToken);

    public static async Task<GatewayResponse> HandleAsync(GatewayRequest request, string id, ContainerStore container, CancellationToken cancellationToken)
    {
        switch (request.Method)
        {
            case "GET":
                return await ExecuteAsync(request, container, new ItemOperation.Read(id, request.IfNoneMatch), cancellationToken);
            case "PUT":
                return await WithDocument(request, container, document => new ItemOperation.Replace(id, document, request.IfMatch), cancellationToken);
            case "PATCH":
                return await ExecuteAsync(request, container, new ItemOperation.Patch(id, PatchBody.Read(request.Body), request.IfMatch), cancellationToken);
            case "DELETE":
                return await ExecuteAsync(request, container, new ItemOperation.Delete(id, request.IfMatch), cancellationToken);
            default:
                return Unsupported.Method(request, "an item");
        }
    }

    private static Task<GatewayResponse> WithDocument(
        GatewayRequest request, ContainerStore container, Func<ItemDocument, ItemOperation> then, CancellationToken cancellationToken) =>
        ItemDocumentReader.TryRead(request.Body, container.Definition.PartitionKey, out var document, out var refusal)
            ? ExecuteAsync(request, container, then(document), cancellationToken)
            : Task.FromResult(GatewayResponse.Error(refusal.Status, refusal.SubStatus, refusal.Message));

    private static async Task<GatewayResponse> ExecuteAsync(GatewayRequest request, ContainerStore container, ItemOperation operation, CancellationToken cancellationToken)
    {
        var result = await container.ExecuteAsync(request.PartitionKey(), operation, cancellationToken);
        return Outcomes.ToResponse(result, request.PrefersMinimal, container.Definition.Indexing);
    }
}
