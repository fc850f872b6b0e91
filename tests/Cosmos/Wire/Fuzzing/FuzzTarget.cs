using System.Text;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Query;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Wire;
using EventFunctions.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Local.Cosmos.Tests.Wire.Fuzzing;

/// <summary>All of the endpoint but for its socket: requests go to the router, and what it refuses is a status as in the middleware.</summary>
internal sealed class FuzzTarget
{
    /// <summary>How many requests it takes before its items are too many for a quick answer.</summary>
    public const int GoodFor = 1000;

    private readonly Router _router;

    private FuzzTarget(Router router) => _router = router;

    public static async Task<FuzzTarget> CreateAsync()
    {
        var account = new Account(rangesPerContainer: 1, new AccountState(), new VolatileLog(), new ManualTimeProvider());
        var database = await account.CreateDatabaseAsync("d", throughput: null, CancellationToken.None);
        var kept = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var container = await account.CreateContainerAsync(
            database!, new ContainerDefinition("c", PartitionKeyPath.TryParse("/pk")!, -1, kept), throughput: null, CancellationToken.None);
        for (var i = 0; i < 100; i++)
        {
            var key = PartitionKeyValue.Of("a");
            var json = $$"""{"id":"{{i}}","pk":"a","n":{{i}},"a":{},"text":"text","list":[{{i}},"x"]}""";
            await container!.ExecuteAsync(key, new ItemOperation.Create(new ItemDocument($"{i}", key, TimeToLive: null, Encoding.UTF8.GetBytes(json))), CancellationToken.None);
        }

        return new FuzzTarget(new Router(account, throttle: null));
    }

    /// <returns>The status.</returns>
    public async Task<int> SendAsync(FuzzInput input)
    {
        var headers = new HeaderDictionary();
        (string Method, string Path) target = input.Kind == FuzzKind.Patch ? ("PATCH", "dbs/d/colls/c/docs/1") : ("POST", "dbs/d/colls/c/docs");
        if (input.Kind != FuzzKind.Bulk)
        {
            headers[HeaderNames.PartitionKey] = "[\"a\"]";
        }

        if (input.Kind is FuzzKind.Batch or FuzzKind.Bulk)
        {
            headers[HeaderNames.IsBatch] = "True";
            headers[HeaderNames.BatchAtomic] = input.Kind == FuzzKind.Batch ? "True" : "False";
        }

        if (input.Kind == FuzzKind.Query)
        {
            headers[HeaderNames.IsQuery] = "True";
        }

        try
        {
            var request = new GatewayRequest(target.Method, ResourcePath.Parse("/" + target.Path), headers, input.Body, "localhost");
            return (await _router.RouteAsync(request, CancellationToken.None)).Status;
        }
        catch (RequestRefusedException refused)
        {
            return refused.Status;
        }
        catch (SqlSyntaxException)
        {
            return 400;
        }
    }
}
