using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Host.Tests.Process;

/// <summary>The emulators as a process of their own, used with nothing but the connection string they print.</summary>
public sealed class EmulatorsProcessTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("eventfunctions-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task What_a_client_was_acknowledged_is_there_after_a_kill_and_a_restart()
    {
        using (var first = Start())
        {
            using var client = await ConnectAsync(first);
            var database = await client.CreateDatabaseAsync("db");
            var container = await database.Database.CreateContainerAsync("notes", "/owner");
            await container.Container.CreateItemAsync(new { id = "1", owner = "ada", text = "kept" }, new PartitionKey("ada"));
            await first.KillAsync();
        }

        using var second = Start();
        using var again = await ConnectAsync(second);
        var read = await again.GetContainer("db", "notes").ReadItemAsync<Dictionary<string, object>>("1", new PartitionKey("ada"));
        Assert.Equal("kept", $"{read.Resource["text"]}");
    }

    [Fact]
    public async Task It_stops_when_it_is_told_to_and_prints_nothing_but_its_line()
    {
        using var host = Start();
        await host.FirstLineAsync();

        await host.TerminateAsync();

        Assert.Equal(0, await host.EndsAsync());
        Assert.Single(host.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Two_cannot_have_one_directory()
    {
        using var first = Start();
        await first.FirstLineAsync();
        using var second = Start();

        Assert.Equal(1, await second.EndsAsync());
        Assert.Contains("is in use", second.Errors, StringComparison.Ordinal);
        Assert.Contains("use another folder", second.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_told_with_its_number()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var host = HostProcess.StartIn(_directory.FullName, [], "emulators", "--cosmos-port", $"{port}", "--ephemeral");

        Assert.Equal(1, await host.EndsAsync());
        Assert.Contains($"Port {port} is in use", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_Bus_is_there_too_with_the_entities_of_the_topology()
    {
        using var host = Start();
        var line = JsonDocument.Parse(await host.FirstLineAsync()).RootElement;
        var messages = new Uri(Endpoint(line, "serviceBus"));
        var administration = new Uri(Endpoint(line, "serviceBusAdministration"));

        using var amqp = new TcpClient();
        await amqp.ConnectAsync(messages.Host, messages.Port);
        await amqp.GetStream().WriteAsync("AMQP\u0003\u0001\0\0"u8.ToArray());
        var answer = new byte[8];
        await amqp.GetStream().ReadExactlyAsync(answer);
        Assert.Equal("AMQP\u0003\u0001\0\0"u8.ToArray(), answer);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri($"http://{administration.Host}:{administration.Port}/health"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri($"http://{administration.Host}:{administration.Port}/ordering-events"))).StatusCode);
    }

    [Fact]
    public async Task A_topology_that_cannot_be_read_is_told()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "mine.json"), "{ \"queues\": [{}] }");
        using var host = HostProcess.StartIn(
            _directory.FullName, [], "emulators", "--cosmos-port", "0", "--servicebus-port", "0", "--servicebus-admin-port", "0", "--ephemeral", "--topology", "mine.json");

        Assert.Equal(1, await host.EndsAsync());
        Assert.Contains("$.queues[0]", host.Errors, StringComparison.Ordinal);
    }

    private static string Endpoint(JsonElement line, string name) =>
        line.GetProperty(name).GetString()!.Split(';').Single(part => part.StartsWith("Endpoint=", StringComparison.Ordinal))["Endpoint=".Length..];

    private HostProcess Start() => HostProcess.StartIn(
        _directory.FullName, [], "emulators", "--json", "--cosmos-port", "0", "--servicebus-port", "0", "--servicebus-admin-port", "0", "--data", "state");

    private static async Task<CosmosClient> ConnectAsync(HostProcess host)
    {
        var connection = JsonDocument.Parse(await host.FirstLineAsync()).RootElement.GetProperty("cosmos").GetString();
        return new CosmosClient(connection, new CosmosClientOptions { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true });
    }
}
