using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>Containers: create, read, replace, list, delete.</summary>
internal static class ContainerHandler
{
    public static async Task<GatewayResponse> CreateOrListAsync(GatewayRequest request, string databaseId, Account account, CancellationToken cancellationToken)
    {
        if (account.FindDatabase(databaseId) is not { } database)
        {
            return DatabaseHandler.NotFound(databaseId);
        }

        if (request.IsQuery || request.Method == "GET")
        {
            return ControlPlaneQuery.Answer(
                request, ResourceId.OfDatabase(database.Rid), "DocumentCollections", [.. account.Containers(database).Select(c => JsonElement.Parse(ContainerJson.Write(c).Span))]);
        }

        if (request.Method != "POST")
        {
            return Unsupported.Method(request, "a database's containers");
        }

        var definition = DefinitionReader.ReadContainer(request.Body, current: null);
        if (await account.CreateContainerAsync(database, definition, ThroughputReader.ReadHeaders(request), cancellationToken) is { } created)
        {
            return Answer(201, created);
        }

        return account.FindDatabase(databaseId) is null
            ? DatabaseHandler.NotFound(databaseId)
            : GatewayResponse.Error(409, 0, $"There is a container '{definition.Id}' already.");
    }

    public static async Task<GatewayResponse> HandleAsync(GatewayRequest request, ResourcePath.Container path, Account account, CancellationToken cancellationToken)
    {
        if (account.FindContainer(path.DatabaseId, path.Id) is not { } container)
        {
            return NotFound(path.Id);
        }

        switch (request.Method)
        {
            case "GET":
                var answer = Answer(200, container);
                await container.WhenLoggedAsync(cancellationToken);
                return answer;
            case "PUT":
                var definition = DefinitionReader.ReadContainer(request.Body, container.Definition);
                return await container.ReplaceAsync(definition, cancellationToken) ? Answer(200, container) : NotFound(path.Id);
            case "DELETE" when account.FindDatabase(path.DatabaseId) is { } database:
                return await account.DeleteContainerAsync(database, container, cancellationToken) ? new GatewayResponse(204) : NotFound(path.Id);
            default:
                return Unsupported.Method(request, "a container");
        }
    }

    public static GatewayResponse NotFound(string id) => GatewayResponse.Error(404, 1003, $"There is no container '{id}'.");

    private static GatewayResponse Answer(int status, ContainerStore container) => new(status)
    {
        Body = ContainerJson.Write(container),
        ETag = ContainerJson.ETagOf(container),
    };
}
