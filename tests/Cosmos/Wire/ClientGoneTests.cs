using System.Net;
using System.Net.Sockets;
using System.Text;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Cosmos.Tests.Wire;

/// <summary>Clients that go away in the middle of something, and an endpoint that does.</summary>
public sealed class ClientGoneTests
{
    [Fact]
    public async Task A_client_that_goes_while_it_sends_is_no_fault_of_the_endpoint()
    {
        using var log = new MessageRecorder(LogLevel.Warning);
        var endpoint = await StartAsync(log);
        for (var i = 0; i < 20; i++)
        {
            using var client = await BeginAsync(endpoint, "Content-Length: 100\r\n");
            await client.SendAsync("{\"id\":"u8.ToArray());
            Reset(client);
        }

        // It ends when no request is in flight any more, so there is nothing left that could still fail.
        await endpoint.DisposeAsync();
        Assert.True(log.Messages.IsEmpty, string.Join('\n', log.Messages));
    }

    [Fact]
    public async Task A_client_that_goes_while_it_is_answered_is_no_fault_of_the_endpoint()
    {
        using var log = new MessageRecorder(LogLevel.Warning);
        var endpoint = await StartAsync(log);
        const string link = "dbs/d/colls/c";
        using var database = await RawRequest.SendAsync(endpoint, "POST", "dbs", "dbs", "", "{\"id\":\"d\"}"u8.ToArray());
        using var container = await RawRequest.SendAsync(
            endpoint, "POST", "dbs/d/colls", "colls", "dbs/d", """{"id":"c","partitionKey":{"paths":["/pk"],"kind":"Hash"}}"""u8.ToArray());
        Assert.Equal(HttpStatusCode.Created, container.StatusCode);
        (string, string)[] key = [("x-ms-documentdb-partitionkey", "[\"a\"]")];
        for (var i = 0; i < 3; i++)
        {
            var item = Encoding.UTF8.GetBytes($$"""{"id":"{{i}}","pk":"a","text":"{{new string('x', 2_000_000)}}"}""");
            using var created = await RawRequest.SendAsync(endpoint, "POST", link + "/docs", "docs", link, item, key);
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        }

        for (var i = 0; i < 20; i++)
        {
            using var client = await ConnectAsync(endpoint);
            await client.SendAsync(Encoding.ASCII.GetBytes(RawRequest.Head(endpoint, "GET", link + "/docs", "docs", link, key) + "\r\n"));
            Assert.True(await client.ReceiveAsync(new byte[64]) > 0);
            Reset(client);
        }

        await endpoint.DisposeAsync();
        Assert.True(log.Messages.IsEmpty, string.Join('\n', log.Messages));
    }

    [Fact]
    public async Task A_request_in_flight_is_answered_when_the_endpoint_stops()
    {
        using var log = new MessageRecorder(LogLevel.Warning);
        var endpoint = await StartAsync(log);
        using var client = await BeginAsync(endpoint, "Content-Length: 2\r\n");
        var stopped = endpoint.DisposeAsync().AsTask();
        await client.SendAsync("{}"u8.ToArray());
        using var answer = new StreamReader(new NetworkStream(client));
        Assert.StartsWith("HTTP/1.1 401", await answer.ReadLineAsync(), StringComparison.Ordinal);
        await answer.ReadToEndAsync();
        await stopped;
        Assert.True(log.Messages.IsEmpty, string.Join('\n', log.Messages));
    }

    private static Task<CosmosEndpoint> StartAsync(MessageRecorder log) =>
        CosmosEndpoint.StartAsync(new CosmosEndpointOptions(), TimeProvider.System, log, CancellationToken.None);

    private static async Task<Socket> ConnectAsync(CosmosEndpoint endpoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, endpoint.Address.Port);
        return socket;
    }

    /// <summary>Sends the head of a request, and waits until the endpoint wants its body.</summary>
    private static async Task<Socket> BeginAsync(CosmosEndpoint endpoint, string headers)
    {
        var socket = await ConnectAsync(endpoint);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /dbs HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n{headers}\r\n"));
        var continues = new byte[64];
        var length = await socket.ReceiveAsync(continues);
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", Encoding.ASCII.GetString(continues, 0, length));
        return socket;
    }

    /// <summary>Ends the connection without a farewell, as a process that dies does.</summary>
    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }
}
