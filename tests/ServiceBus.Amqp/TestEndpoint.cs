using System.Net;
using EventFunctions.Local.ServiceBus.Administration;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests;

/// <summary>A namespace of its own, and its endpoints on free ports.</summary>
internal sealed class TestEndpoint : IAsyncDisposable
{
    private readonly AmqpEndpoint _amqp;
    private readonly AdministrationEndpoint _administration;

    private TestEndpoint(ServiceBusBroker broker, AmqpEndpoint amqp, AdministrationEndpoint administration) =>
        (Broker, _amqp, _administration) = (broker, amqp, administration);

    public ServiceBusBroker Broker { get; }

    public int Port => _amqp.Port;

    public int AdministrationPort => _administration.Port;

    /// <summary>What a client needs: for messages, and for the administration.</summary>
    public IReadOnlyList<string> ConnectionStrings => [_amqp.ConnectionString, _administration.ConnectionString];

    public static async Task<TestEndpoint> StartAsync(AmqpOptions? options = null, TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        var broker = new ServiceBusBroker(TestTopology.Create(), time);
        var amqp = await AmqpEndpoint.StartAsync(
            broker, (options ?? new AmqpOptions()) with { Port = 0 }, time, NullLoggerFactory.Instance, CancellationToken.None);
        var administration = await AdministrationEndpoint.StartAsync(
            broker, new IPEndPoint(IPAddress.Loopback, 0), AccessKey.OfEmulator, time, NullLoggerFactory.Instance, CancellationToken.None);
        return new TestEndpoint(broker, amqp, administration);
    }

    public async ValueTask DisposeAsync()
    {
        await _amqp.DisposeAsync();
        await _administration.DisposeAsync();
        await Broker.DisposeAsync();
    }
}
