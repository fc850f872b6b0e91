using System.Net;
using EventFunctions.Local.Cosmos.Tests.Contract;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.Cosmos.Tests.Wire;

public sealed class EndpointLifetimeTests
{
    [Fact]
    public async Task An_endpoint_listens_on_loopback_unless_told_otherwise()
    {
        await using var usual = await CosmosEndpoint.StartAsync(new CosmosEndpointOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        Assert.Equal("127.0.0.1", usual.Address.Host);
        using var log = new MessageRecorder();
        await using var open = await CosmosEndpoint.StartAsync(new CosmosEndpointOptions { ListenAddress = IPAddress.Any }, TimeProvider.System, log, CancellationToken.None);

        // All addresses are none to connect to.
        Assert.Equal("127.0.0.1", open.Address.Host);
        Assert.Contains(log.Messages, m => m.Contains("0.0.0.0", StringComparison.Ordinal));
        using var client = new CosmosClient(open.ConnectionString, CosmosFixture.Options());
        Assert.Equal(HttpStatusCode.Created, (await client.CreateDatabaseAsync("d")).StatusCode);
    }

    [Fact]
    public async Task An_endpoint_leaves_the_processs_signals_alone()
    {
        using var log = new MessageRecorder();
        var endpoint = await CosmosEndpoint.StartAsync(new CosmosEndpointOptions(), TimeProvider.System, log, CancellationToken.None);
        await endpoint.DisposeAsync();
        Assert.Contains(log.Messages, m => m.Contains(endpoint.Address.Authority, StringComparison.Ordinal));

        // A host that takes the signals says so.
        Assert.DoesNotContain(log.Messages, m => m.Contains("Ctrl+C", StringComparison.Ordinal));
    }
}
