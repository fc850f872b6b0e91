using EventFunctions.Tests.Support;

namespace EventFunctions.Local.Cosmos.Tests.Wire;

public sealed class EndpointLifetimeTests
{
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
