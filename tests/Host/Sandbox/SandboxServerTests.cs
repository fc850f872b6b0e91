using System.Net;
using System.Net.Sockets;
using EventFunctions.Local.Host.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.Host.Tests.Sandbox;

public sealed class SandboxServerTests
{
    [Fact]
    public async Task A_port_in_use_is_told_with_its_number_and_the_remedy()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var options = new SandboxOptions { WebhookSecret = "secret", Port = port };

        var failure = await Assert.ThrowsAsync<LocalRuntimeException>(
            () => SandboxServer.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None));

        Assert.Contains($"Port {port} is in use", failure.Message, StringComparison.Ordinal);
        Assert.Contains("free port", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_sandboxes_side_by_side_take_different_ports_on_loopback()
    {
        await using var first = await SandboxFixture.StartAsync();
        await using var second = await SandboxFixture.StartAsync();

        Assert.NotEqual(first.Server.Address.Port, second.Server.Address.Port);
        Assert.True(first.Server.Address.IsLoopback);
    }
}
