using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests;

/// <summary>A namespace of its own, and its endpoint on a free port.</summary>
internal sealed class TestEndpoint : IAsyncDisposable
{
    private readonly AmqpEndpoint _amqp;

    private TestEndpoint(ServiceBusBroker broker, AmqpEndpoint amqp) => (Broker, _amqp) = (broker, amqp);

    public ServiceBusBroker Broker { get; }

    public int Port => _amqp.Port;

    /// <summary>What a client needs.</summary>
    public IReadOnlyList<string> ConnectionStrings => [_amqp.ConnectionString];

    public static async Task<TestEndpoint> StartAsync(AmqpOptions? options = null, TimeProvider? clock = null)
    {
        var broker = new ServiceBusBroker(TestTopology.Create(), clock ?? TimeProvider.System);
        var amqp = await AmqpEndpoint.StartAsync(
            broker, (options ?? new AmqpOptions()) with { Port = 0 }, clock ?? TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        return new TestEndpoint(broker, amqp);
    }

    public async ValueTask DisposeAsync()
    {
        await _amqp.DisposeAsync();
        await Broker.DisposeAsync();
    }
}
