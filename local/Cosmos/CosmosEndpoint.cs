using System.Net;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Cosmos;

/// <summary>
/// A Cosmos DB for NoSQL account on plain HTTP on the loopback address. Its clients are the Cosmos DB SDKs, in Gateway mode;
/// what it doesn't support is answered with an error that names it. State lives as long as the endpoint.
/// </summary>
public sealed class CosmosEndpoint : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ExpirySweep _sweep;

    private CosmosEndpoint(WebApplication application, ExpirySweep sweep, string key)
    {
        _application = application;
        _sweep = sweep;
        Address = new Uri(application.Urls.First());
        ConnectionString = $"AccountEndpoint={Address};AccountKey={key};";
    }

    /// <summary>Where it listens, <c>http://127.0.0.1:port/</c>.</summary>
    public Uri Address { get; }

    /// <summary>What a client is made with, address and key; the client must use <c>ConnectionMode.Gateway</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts an empty account.</summary>
    /// <param name="options">Port, key and ranges.</param>
    /// <param name="timeProvider">The clock that item timestamps and time to live go by.</param>
    /// <param name="loggerFactory">Where faults are reported.</param>
    /// <param name="ct">Gives up starting.</param>
    /// <exception cref="ArgumentException">The key is not base64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port or the number of ranges is out of its range.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<CosmosEndpoint> StartAsync(CosmosEndpointOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.PartitionKeyRanges < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.PartitionKeyRanges, "A container needs one key range at least.");
        }

        var key = new MasterKey(options.Key);
        var account = new Account(options.PartitionKeyRanges, new VolatileLog(), timeProvider);
        var middleware = new GatewayMiddleware(new Router(account), key, loggerFactory.CreateLogger<CosmosEndpoint>());

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggerFactory);
        builder.Services.AddSingleton<IHostLifetime, PassiveLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options.Port));
        var application = builder.Build();
        application.Run(middleware.HandleAsync);
        try
        {
            await application.StartAsync(ct);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        return new CosmosEndpoint(application, new ExpirySweep(account, timeProvider), options.Key);
    }

    /// <summary>Stops listening, lets requests in flight finish, and forgets everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        await _sweep.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, int port)
    {
        kestrel.Listen(IPAddress.Loopback, port);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = GatewayMiddleware.MaxReadBytes;

        // Key ranges and continuations travel in headers; nothing in the protocol needs more than this.
        kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
    }
}
