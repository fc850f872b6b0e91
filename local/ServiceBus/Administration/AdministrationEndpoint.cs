using System.Net;
using EventFunctions.Local.ServiceBus.Amqp;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>
/// The administration of a namespace on plain HTTP: queues, topics, subscriptions and rules are made, read, listed, changed
/// and deleted, with what they count. Its clients are the administration clients of the service's SDKs.
/// </summary>
public sealed class AdministrationEndpoint : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    private readonly KestrelServer _server;

    private AdministrationEndpoint(KestrelServer server, IPAddress listen, AccessKey key)
    {
        _server = server;
        var address = new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        Port = address.Port;
        ConnectionString = key.ConnectionStringTo(new IPEndPoint(listen, Port));
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>What an administration client is made with. It is another one than that of messages, because the port is.</summary>
    public string ConnectionString { get; }

    /// <summary>Listens.</summary>
    /// <param name="broker">The namespace that is administered; it stays the caller's.</param>
    /// <param name="address">Where; port 0 takes a free one. 5300 is that of the official emulator.</param>
    /// <param name="key">The rule whose key clients sign with.</param>
    /// <param name="clock">The time.</param>
    /// <param name="loggers">Where faults are reported.</param>
    /// <param name="cancellationToken">Calls the start off.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<AdministrationEndpoint> StartAsync(
        ServiceBusBroker broker, IPEndPoint address, AccessKey key, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(broker);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(key);
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Listen(address);
        kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers);
        var server = new KestrelServer(Options.Create(kestrel), transport, loggers);
        try
        {
            var application = new AdministrationApplication(broker, key, clock, loggers.CreateLogger<AdministrationEndpoint>());
            await server.StartAsync(application, cancellationToken);
            return new AdministrationEndpoint(server, address.Address, key);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Lets requests in flight finish, and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(ShutdownTimeout);
        await _server.StopAsync(patience.Token);
        _server.Dispose();
    }
}
