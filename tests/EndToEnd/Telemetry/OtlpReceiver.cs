using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventFunctions.EndToEnd.Tests.Telemetry;

/// <summary>
/// Takes what is exported by OTLP over HTTP, in protobuf: https://opentelemetry.io/docs/specs/otlp/#otlphttp. An empty answer is an
/// export response without a rejection.
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = [];

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            _received.Enqueue((request.Path, body.ToArray()));
            return Results.Bytes([], "application/x-protobuf");
        });
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        var addresses = receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        receiver.Address = new Uri(addresses.Single());
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Whether a text occurs in what was sent of a signal: <c>traces</c>, <c>metrics</c> or <c>logs</c>.</summary>
    public bool Has(string signal, string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        return Of(signal).Any(body => body.AsSpan().IndexOf(wanted) >= 0);
    }

    /// <summary>Every span that was sent.</summary>
    public IReadOnlyList<OtlpSpan> Spans() => [.. Of("traces").SelectMany(OtlpSpan.Read)];

    private IEnumerable<byte[]> Of(string signal) => _received.Where(r => r.Path == $"/v1/{signal}").Select(r => r.Body);
}
