using System.Net;
using EventFunctions.Local.Host.Sandbox.Carrier;
using EventFunctions.Local.Host.Sandbox.Exchange;
using EventFunctions.Local.Host.Sandbox.Payments;
using EventFunctions.Local.Host.Sandbox.Webhooks;
using EventFunctions.Local.Host.Serving;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EventFunctions.Local.Host.Sandbox;

/// <summary>
/// A payment provider and a carrier as real HTTP services, whose failures are asked for by card token and postal code, and
/// receivers of webhooks. It knows the app only as the address that the carrier's notices go to.
/// </summary>
internal sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CarrierWebhook _webhook;
    private readonly Journeys _journeys;

    private SandboxServer(SandboxOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        builder.Services.AddRoutingCore().AddProblemDetails();
        builder.Services.Replace(ServiceDescriptor.Singleton(loggerFactory));
        _app = builder.Build();
        _app.UseExceptionHandler();
        _app.UseStatusCodePages();

        var register = new ParcelRegister();
        _webhook = new CarrierWebhook(options.WebhookSecret, timeProvider, loggerFactory.CreateLogger<CarrierWebhook>());
        _journeys = new Journeys(register, _webhook, options, timeProvider, loggerFactory.CreateLogger<Journeys>());
        _app.MapPayments(new PaymentLedger(), new FaultyExchange<PaymentOperation>(options, timeProvider, _stopping.Token));
        _app.MapCarrier(register, _journeys, new FaultyExchange<ParcelOrder>(options, timeProvider, _stopping.Token));
        _app.MapWebhookReceivers(timeProvider);
    }

    /// <summary>The server's own address.</summary>
    public Uri Address => _app.BoundAddress();

    /// <summary>The payment provider's base address, with its closing slash.</summary>
    public Uri PaymentsAddress => new(Address, "payments/");

    /// <summary>The carrier's base address, with its closing slash.</summary>
    public Uri CarrierAddress => new(Address, "carrier/");

    /// <summary>Starts it.</summary>
    /// <exception cref="LocalRuntimeException">The port is taken.</exception>
    public static async Task<SandboxServer> StartAsync(
        SandboxOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        var server = new SandboxServer(options, timeProvider, loggerFactory);
        try
        {
            await PortInUse.ExplainAsync("the sandbox", options.Port, () => server._app.StartAsync(cancellationToken));
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tells where the carrier sends its notices; until then they wait.</summary>
    public void SendCarrierNoticesTo(Uri target) => _webhook.SendTo(target);

    /// <summary>Ends held-back answers and parcels under way, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _journeys.DisposeAsync();
        _webhook.Dispose();
        _stopping.Dispose();
    }
}
