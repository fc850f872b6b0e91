using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>Databases: create, read, list, delete.</summary>
internal static class DatabaseHandler
{
    public static async Task<GatewayResponse> CreateOrListAsync(GatewayRequest request, Account account, CancellationToken cancellationToken)
    {
        if (request.IsQuery || request.Method == "GET")
        {
            return ControlPlaneQuery.Answer(request, string.Empty, "Databases", [.. account.Databases.Select(d => JsonSerializer.SerializeToElement(Describe(d)))]);
        }

        if (request.Method != "POST")
        {
            return Unsupported.Method(request, "the account's databases");
        }

        var id = DefinitionReader.ReadDatabaseId(request.Body);
        return await account.CreateDatabaseAsync(id, ThroughputReader.ReadHeaders(request), cancellationToken) is { } created
            ? Answer(201, created)
            : GatewayResponse.Error(409, 0, $"There is a database '{id}' already.");
    }

    public static async Task<GatewayResponse> HandleAsync(GatewayRequest request, string id, Account account, CancellationToken cancellationToken)
    {
        if (account.FindDatabase(id) is not { } database)
        {
            return NotFound(id);
        }

        switch (request.Method)
        {
            case "GET":
                return Answer(200, database);
            case "DELETE":
                return await account.DeleteDatabaseAsync(database, cancellationToken) ? new GatewayResponse(204) : NotFound(id);
            default:
                return Unsupported.Method(request, "a database");
        }
    }

    public static GatewayResponse NotFound(string id) => GatewayResponse.Error(404, 0, $"There is no database '{id}'.");

    private static GatewayResponse Answer(int status, Database database) => new(status)
    {
        Body = JsonSerializer.SerializeToUtf8Bytes(Describe(database)),
        ETag = ETagOf(database),
    };

    private static object Describe(Database database)
    {
        var rid = ResourceId.OfDatabase(database.Rid);
        return new { id = database.Id, _rid = rid, _self = $"dbs/{rid}/", _etag = ETagOf(database), _colls = "colls/", _users = "users/", _ts = database.Timestamp };
    }

    private static string ETagOf(Database database) => $"\"{database.Rid:x8}-{database.Timestamp:x}\"";
}
