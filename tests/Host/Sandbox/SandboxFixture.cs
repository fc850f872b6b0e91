using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventFunctions.Local.Host.Sandbox;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.Host.Tests.Sandbox;

/// <summary>A sandbox with a clock that stands still, and a client.</summary>
internal sealed class SandboxFixture : IAsyncDisposable
{
    private readonly SandboxServer _server;

    private SandboxFixture(SandboxServer server, ManualTimeProvider clock)
    {
        _server = server;
        Clock = clock;
        Client = new HttpClient { BaseAddress = server.Address };
    }

    public ManualTimeProvider Clock { get; }

    public HttpClient Client { get; }

    public SandboxServer Server => _server;

    public static async Task<SandboxFixture> StartAsync(int maxParcelsInTransit = 100, string? folder = null)
    {
        var clock = new ManualTimeProvider();
        var options = new SandboxOptions { WebhookSecret = "secret of the tests", MaxParcelsInTransit = maxParcelsInTransit, Folder = folder };
        return new SandboxFixture(await SandboxServer.StartAsync(options, clock, NullLoggerFactory.Instance, CancellationToken.None), clock);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(
        string path, object body, string? key, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await Client.SendAsync(request, cancellationToken);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken));
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> AuthorizeAsync(
        string token, string key, decimal amount = 100m, string reference = "order-1", CancellationToken cancellationToken = default) =>
        PostAsync("payments/authorizations", new { reference, amount, currency = "EUR", token }, key, cancellationToken);

    public Task<(HttpStatusCode Status, JsonElement Body)> ShipAsync(string postalCode, string key, string reference = "order-1", CancellationToken cancellationToken = default) =>
        PostAsync("carrier/shipments", new { reference, address = new { name = "Ada", postalCode } }, key, cancellationToken);

    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path, string property)
    {
        var body = await Client.GetFromJsonAsync<JsonElement>(path);
        return [.. body.GetProperty(property).EnumerateArray()];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }
}
