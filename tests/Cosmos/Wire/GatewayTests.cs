using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EventFunctions.Local.Cosmos.Tests.Contract;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.Cosmos.Tests.Wire;

/// <summary>The endpoint by raw HTTP: what no well-behaved client sends.</summary>
[Collection(CosmosCollection.Name)]
public sealed class GatewayTests(CosmosFixture cosmos)
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task A_wrong_key_is_unauthorized()
    {
        using var client = new CosmosClient(cosmos.Endpoint.Address.AbsoluteUri, Convert.ToBase64String(new byte[64]), CosmosFixture.Options());
        var refused = await Assert.ThrowsAsync<CosmosException>(() => client.GetDatabase("contract").ReadAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer x")]
    [InlineData("type%3Dmaster%26ver%3D1.0%26sig%3D")]
    [InlineData("type%3Dmaster%26ver%3D1.0%26sig%3D!!")]
    public async Task No_signature_is_unauthorized(string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(cosmos.Endpoint.Address, "dbs"));
        request.Headers.TryAddWithoutValidation("x-ms-date", DateTime.UtcNow.ToString("R", CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("authorization", authorization);
        using var response = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "dbs/d/colls/c/sprocs", "sprocs", "dbs/d/colls/c", "/dbs/d/colls/c/sprocs")]
    [InlineData("GET", "dbs/d/users", "users", "dbs/d", "/dbs/d/users")]
    [InlineData("GET", "addresses", "addresses", "", "ConnectionMode.Gateway")]
    [InlineData("PUT", "dbs/contract", "dbs", "dbs/contract", "PUT")]
    [InlineData("PUT", "dbs", "dbs", "", "PUT")]
    [InlineData("DELETE", "dbs/contract/colls", "colls", "dbs/contract", "DELETE")]
    public async Task An_unknown_route_is_named_in_the_answer(string method, string path, string type, string link, string named)
    {
        using var response = await SendAsync(method, path, type, link, null);
        Assert.True(response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed, response.StatusCode.ToString());
        Assert.Contains(named, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_is_answered_and_the_server_goes_on()
    {
        var container = await cosmos.NewContainerAsync();
        var link = $"dbs/{container.Database.Id}/colls/{container.Id}";
        var random = new Random(20260104);
        (string Name, string Value)[][] kinds =
        [
            [("x-ms-documentdb-partitionkey", "[\"a\"]")],
            [("x-ms-documentdb-partitionkey", "[\"a\"]"), ("x-ms-cosmos-is-batch-request", "True"), ("x-ms-cosmos-batch-atomic", "True")],
            [("x-ms-documentdb-partitionkey", "[\"a\"]"), ("x-ms-documentdb-isquery", "True")],
            [("x-ms-documentdb-partitionkey", "[{\"a\":1}]")],
            [("x-ms-documentdb-partitionkey", "{")],
            [("x-ms-cosmos-is-query-plan-request", "True")],
        ];
        foreach (var headers in kinds)
        {
            for (var i = 0; i < 30; i++)
            {
                var body = new byte[random.Next(300)];
                random.NextBytes(body);
                if (i % 3 == 0 && body.Length > 0)
                {
                    body[0] = 0x81;
                }

                using var response = await SendAsync("POST", link + "/docs", "docs", link, body, headers);
                Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
                Assert.Contains("message", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }

        using var feed = await SendAsync("GET", link + "/docs", "docs", link, null, [("x-ms-documentdb-partitionkeyrangeid", "9")]);
        Assert.Equal(HttpStatusCode.Gone, feed.StatusCode);
        await container.CreateItemAsync(new Note("1", "a", 1), new PartitionKey("a"));
    }

    [Theory]
    [InlineData("{\"id\":\"1\",\"pk\":\"\uFFFF\"}", "[\"a\"]", "False")]
    [InlineData("{\"query\":\"SELECT \uFFFF\"}", "[\"a\"]", "True")]
    [InlineData("{\"query\":\"SELECT * FROM c WHERE c.a = '\\ud800'\"}", "[\"a\"]", "True")]
    [InlineData("{\"query\":\"SELECT * FROM c\"}", "[\"\\ud800\"]", "True")]
    [InlineData("{\"query\":7}", "[\"a\"]", "True")]
    [InlineData("[]", "[\"a\"]", "True")]
    public async Task Text_that_is_no_text_is_a_bad_request(string json, string key, string isQuery)
    {
        var container = await cosmos.NewContainerAsync();
        var link = $"dbs/{container.Database.Id}/colls/{container.Id}";

        // U+FFFF stands for a byte that UTF-8 can't begin with.
        var body = json.Select(c => c == '\uFFFF' ? (byte)0xFE : (byte)c).ToArray();
        using var response = await SendAsync("POST", link + "/docs", "docs", link, body, [("x-ms-documentdb-partitionkey", key), ("x-ms-documentdb-isquery", isQuery)]);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nx-ms-activity-id: \u00e9\r\n\r\n", "401")]
    [InlineData("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nx-ms-activity-id: a\u0001b\r\n\r\n", "401")]
    [InlineData("GET / HTTP/1.0\r\n\r\n", "401")]
    [InlineData("GET /dbs/%ff%fe HTTP/1.0\r\n\r\n", "401")]
    [InlineData("POST /dbs HTTP/1.0\r\nContent-Length: 9999999999\r\n\r\n", "413")]
    public async Task A_request_that_no_client_library_makes_has_an_answer_too(string request, string status)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, cosmos.Endpoint.Address.Port);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        Assert.StartsWith($"HTTP/1.1 {status}", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_in_JSON_is_as_atomic()
    {
        var container = await cosmos.NewContainerAsync();
        var link = $"dbs/{container.Database.Id}/colls/{container.Id}";
        (string, string)[] headers = [("x-ms-documentdb-partitionkey", "[\"a\"]"), ("x-ms-cosmos-is-batch-request", "True"), ("x-ms-cosmos-batch-atomic", "True")];
        var body = """[{"operationType":"Create","resourceBody":{"id":"1","pk":"a"}},{"operationType":"Delete","id":"2"}]"""u8.ToArray();
        using var failed = await SendAsync("POST", link + "/docs", "docs", link, body, headers);
        Assert.Equal(HttpStatusCode.MultiStatus, failed.StatusCode);
        Assert.Equal("""[{"statusCode":424,"subStatusCode":0,"requestCharge":1},{"statusCode":404,"subStatusCode":0,"requestCharge":1}]""", await failed.Content.ReadAsStringAsync());

        var good = """[{"operationType":"Create","resourceBody":{"id":"1","pk":"a"}},{"operationType":"Read","id":"1"}]"""u8.ToArray();
        using var done = await SendAsync("POST", link + "/docs", "docs", link, good, headers);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Contains("\"resourceBody\":{\"id\":\"1\"", await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_refuses_settings_it_cannot_have()
    {
        var none = NullLoggerFactory.Instance;
        await Assert.ThrowsAsync<ArgumentException>(() => CosmosEndpoint.StartAsync(new() { Key = "not base64!" }, TimeProvider.System, none, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => CosmosEndpoint.StartAsync(new() { PartitionKeyRanges = 0 }, TimeProvider.System, none, default));
        await Assert.ThrowsAsync<IOException>(() => CosmosEndpoint.StartAsync(new() { Port = cosmos.Endpoint.Address.Port }, TimeProvider.System, none, default));
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, string type, string link, byte[]? body, (string Name, string Value)[]? headers = null) =>
        RawRequest.SendAsync(cosmos.Endpoint, method, path, type, link, body, headers);
}
