using System.Net;
using EventFunctions.Local.Cosmos.Durability;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Wire;
using EventFunctions.Local.Cosmos.Wire.Throttling;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Files;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventFunctions.Local.Cosmos;

/// <summary>
/// A Cosmos DB for NoSQL account on plain HTTP, on the loopback address unless told otherwise. Its clients are the Cosmos DB SDKs, in Gateway mode;
/// what it doesn't support is answered with an error that names it. State lives as long as the endpoint, or, in a folder, until that is
/// deleted: then nothing is answered before it would survive a crash.
/// </summary>
public sealed class CosmosEndpoint : IAsyncDisposable
{
    /// <summary>
    /// How long requests in flight have to finish once the endpoint stops; then their connections are cut. Real time, whatever
    /// clock the items go by: it is a network that is waited for.
    /// </summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    private readonly KestrelServer _server;
    private readonly MasterKey _key;
    private readonly ExpirySweep _sweep;
    private readonly StoreJournal? _journal;

    private CosmosEndpoint(KestrelServer server, MasterKey key, ExpirySweep sweep, StoreJournal? journal, string keyText)
    {
        _server = server;
        _key = key;
        _sweep = sweep;
        _journal = journal;
        Address = Reachable(new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()));
        ConnectionString = $"AccountEndpoint={Address};AccountKey={keyText};";
    }

    /// <summary>Where it is reached from this machine, <c>http://127.0.0.1:port/</c> where it listens on loopback or on all addresses.</summary>
    public Uri Address { get; }

    /// <summary>What a client is made with, address and key; the client must use <c>ConnectionMode.Gateway</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts an account: an empty one, or the one in its folder.</summary>
    /// <param name="options">Port, key, ranges and folder.</param>
    /// <param name="timeProvider">The clock that item timestamps and time to live go by.</param>
    /// <param name="loggerFactory">Where faults are reported.</param>
    /// <param name="ct">Gives up starting.</param>
    /// <exception cref="ArgumentException">The key is not base64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port or the number of ranges is out of its range.</exception>
    /// <exception cref="IOException">The port is taken, or the folder can't be written.</exception>
    /// <exception cref="JournalInUseException">The folder is another endpoint's.</exception>
    /// <exception cref="JournalUnreadableException">What is in the folder is damaged, or no account.</exception>
    public static Task<CosmosEndpoint> StartAsync(CosmosEndpointOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory, CancellationToken ct) =>
        StartAsync(options, new JournalOptions(), path => DiskFolder.Open(path), timeProvider, loggerFactory, ct);

    /// <summary>The same on another disk, for tests of what happens when that fails.</summary>
    internal static async Task<CosmosEndpoint> StartAsync(
        CosmosEndpointOptions options,
        JournalOptions journalOptions,
        Func<string, IJournalFolder> open,
        TimeProvider timeProvider,
        ILoggerFactory loggerFactory,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.PartitionKeyRanges < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.PartitionKeyRanges, "A container needs one key range at least.");
        }

        var key = new MasterKey(options.Key);
        var logger = loggerFactory.CreateLogger<CosmosEndpoint>();
        StoreJournal? journal = null;
        try
        {
            journal = options.Folder is { } path
                ? await StoreJournal.OpenAsync(() => open(path), journalOptions, options.PartitionKeyRanges, timeProvider, logger, ct)
                : null;
            var account = journal?.Account ?? new Account(options.PartitionKeyRanges, new AccountState(), new VolatileLog(), timeProvider);
            var server = await ListenAsync(options, account, key, timeProvider, logger, loggerFactory, ct);
            var endpoint = new CosmosEndpoint(server, key, new ExpirySweep(account, timeProvider), journal, options.Key);
            logger.LogInformation("The Cosmos DB endpoint listens on {ListenAddress}, and is reached at {Address}", options.ListenAddress, endpoint.Address);
            return endpoint;
        }
        catch
        {
            key.Dispose();
            if (journal is not null)
            {
                await journal.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Stops listening and lets requests in flight finish; without a folder, forgets everything.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(ShutdownTimeout);
        await _server.StopAsync(patience.Token);
        _server.Dispose();
        _key.Dispose();
        await _sweep.DisposeAsync();
        if (_journal is not null)
        {
            await _journal.DisposeAsync();
        }
    }

    /// <summary>All addresses of a machine are an address to listen on, and none to connect to.</summary>
    private static Uri Reachable(Uri address) => IPAddress.TryParse(address.DnsSafeHost, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
        ? new UriBuilder(address) { Host = (ip.Equals(IPAddress.Any) ? IPAddress.Loopback : IPAddress.IPv6Loopback).ToString() }.Uri
        : address;

    private static async Task<KestrelServer> ListenAsync(
        CosmosEndpointOptions options, Account account, MasterKey key, TimeProvider timeProvider, ILogger logger, ILoggerFactory loggerFactory, CancellationToken ct)
    {
        var application = new GatewayApplication(new GatewayMiddleware(new Router(account, options.EnforceThroughput ? new Throttle(account, timeProvider) : null), key, logger));
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggerFactory);
        var server = new KestrelServer(Options.Create(Configure(options)), transport, loggerFactory);
        try
        {
            await server.StartAsync(application, ct);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    private static KestrelServerOptions Configure(CosmosEndpointOptions options)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Listen(options.ListenAddress, options.Port);
        kestrel.Limits.MaxRequestBodySize = GatewayMiddleware.MaxReadBytes;

        // Key ranges and continuations travel in headers; nothing in the protocol needs more than this.
        kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
        return kestrel;
    }
}
