using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// A Service Bus namespace over AMQP 1.0, without TLS and on loopback alone: what clients connect to whose connection string says
/// <c>UseDevelopmentEmulator=true</c>.
/// </summary>
public sealed class AmqpEndpoint : IAsyncDisposable
{
    private readonly EndpointContext _context;
    private readonly IConnectionListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<AmqpConnection, Task> _connections = new();
    private readonly Task _accepting;

    private AmqpEndpoint(EndpointContext context, IConnectionListener listener)
    {
        _context = context;
        _listener = listener;
        _accepting = AcceptAsync();
    }

    /// <summary>The port it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.EndPoint).Port;

    /// <summary>What clients of the service use: those for .NET, JavaScript and others, and the Functions host.</summary>
    public string ConnectionString => _context.Options.Key.ConnectionStringTo((IPEndPoint)_listener.EndPoint);

    /// <summary>Listens.</summary>
    /// <param name="broker">The namespace that is served; it stays the caller's.</param>
    /// <param name="options">How, and how much.</param>
    /// <param name="clock">The time.</param>
    /// <param name="loggers">Where it is told what went wrong.</param>
    /// <param name="cancellationToken">Calls the start off.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<AmqpEndpoint> StartAsync(
        ServiceBusBroker broker, AmqpOptions options, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(broker);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(loggers);
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions { NoDelay = true }), loggers);
        var listener = await sockets.BindAsync(new IPEndPoint(options.ListenAddress, options.Port), cancellationToken);
        return new AmqpEndpoint(new EndpointContext(broker, options, clock, loggers.CreateLogger<AmqpEndpoint>()), listener);
    }

    /// <summary>Closes every connection, telling why, and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _listener.UnbindAsync(CancellationToken.None);
        await _stopping.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        await _listener.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (await _listener.AcceptAsync(CancellationToken.None) is { } transport)
        {
            var connection = new AmqpConnection(transport, _context);
            if (_connections.Count >= _context.Options.MaxConnections)
            {
                _context.Log.LogWarning("An AMQP connection is turned away: there are {Count} already.", _connections.Count);
                connection.Fail(new AmqpError(ErrorCondition.ResourceLimitExceeded, "There are too many connections."));
            }

            // The entry is made before the connection can end, so that its end finds it.
            var served = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _connections[connection] = served.Task;
            _ = ServeAsync(connection, served);
        }
    }

    private async Task ServeAsync(AmqpConnection connection, TaskCompletionSource served)
    {
        try
        {
            await Task.Yield();
            await connection.RunAsync(_stopping.Token);
        }
        catch (Exception exception)
        {
            _context.Log.LogError(exception, "An AMQP connection failed.");
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            served.SetResult();
        }
    }
}
