using System.Net;
using EventFunctions.Local.Host.Sandbox.Carrier;
using EventFunctions.Local.Host.Sandbox.Exchange;
using EventFunctions.Local.Host.Sandbox.Keeping;
using EventFunctions.Local.Host.Sandbox.Mail;
using EventFunctions.Local.Host.Sandbox.Payments;
using EventFunctions.Local.Host.Sandbox.Supplier;
using EventFunctions.Local.Host.Sandbox.Webhooks;
using EventFunctions.Local.Host.Serving;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EventFunctions.Local.Host.Sandbox;

/// <summary>
/// A payment provider, a carrier, a supplier and a mail service as real HTTP services, whose failures are asked for by card token,
/// postal code, product and the domain of an address, and receivers of webhooks. It knows the app only as the addresses that the
/// carrier's and the supplier's notices go to.
/// </summary>
internal sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SandboxBooks _books;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SignedWebhook _carrierWebhook;
    private readonly SignedWebhook _supplierWebhook;
    private readonly Journeys _journeys;
    private readonly Supplies _supplies;

    private SandboxServer(SandboxOptions options, SandboxBooks books, TimeProvider timeProvider, ILoggerFactory loggerFactory)
    {
        _books = books;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        builder.Services.AddRoutingCore().AddProblemDetails();
        builder.Services.Replace(ServiceDescriptor.Singleton(loggerFactory));
        _app = builder.Build();
        _app.UseExceptionHandler();
        _app.UseStatusCodePages();

        var calls = new CallLog();
        _app.Use((context, next) =>
        {
            if (!context.Request.Path.StartsWithSegments("/calls", StringComparison.Ordinal))
            {
                calls.Add(context.Request);
            }

            return next(context);
        });
        _app.MapGet("/calls", (string? correlationId) => Results.Json(new { Calls = calls.Of(correlationId) }));

        var register = new ParcelRegister(books, timeProvider);
        _carrierWebhook = Webhook(CarrierNotice.SignatureHeader);
        _journeys = new Journeys(register, _carrierWebhook, options, timeProvider, loggerFactory.CreateLogger<Journeys>());
        var book = new SupplierBook(books);
        _supplierWebhook = Webhook(SupplierNotice.SignatureHeader);
        _supplies = new Supplies(book, _supplierWebhook, options, timeProvider, loggerFactory.CreateLogger<Supplies>());
        _app.MapPayments(new PaymentLedger(books), Exchange<PaymentOperation>("payments"));
        _app.MapCarrier(register, _journeys, Exchange<ParcelOrder>("carrier"));
        _app.MapSupplier(book, _supplies, Exchange<SupplierOperation>("supplier"));
        var files = options.MailFolder is { } folder ? new MailFiles(folder) : null;
        _app.MapMail(new Outbox(files, timeProvider), Exchange<MailKey>("mail"));
        _app.MapWebhookReceivers(books, timeProvider);

        FaultyExchange<T> Exchange<T>(string service)
            where T : class, IEquatable<T> => new(new AnswerBook<T>(books, service), options, timeProvider, _stopping.Token);

        SignedWebhook Webhook(string header) => new(header, options.WebhookSecret, timeProvider, loggerFactory.CreateLogger<SignedWebhook>());
    }

    /// <summary>The server's own address.</summary>
    public Uri Address => _app.BoundAddress();

    /// <summary>The payment provider's base address, with its closing slash.</summary>
    public Uri PaymentsAddress => new(Address, "payments/");

    /// <summary>The carrier's base address, with its closing slash.</summary>
    public Uri CarrierAddress => new(Address, "carrier/");

    /// <summary>The supplier's base address, with its closing slash.</summary>
    public Uri SupplierAddress => new(Address, "supplier/");

    /// <summary>The mail service's base address, with its closing slash.</summary>
    public Uri MailAddress => new(Address, "mail/");

    /// <summary>Starts it.</summary>
    /// <exception cref="LocalRuntimeException">The port is taken.</exception>
    /// <exception cref="IOException">The folder is in use or damaged, or the disk broken.</exception>
    /// <exception cref="InvalidDataException">What is kept in the folder are no books of this version.</exception>
    public static async Task<SandboxServer> StartAsync(
        SandboxOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        var books = await SandboxBooks.OpenAsync(options.Folder, loggerFactory.CreateLogger<SandboxBooks>(), cancellationToken);
        SandboxServer? server = null;
        try
        {
            server = new SandboxServer(options, books, timeProvider, loggerFactory);
            await PortInUse.ExplainAsync("the sandbox", options.Port, () => server._app.StartAsync(cancellationToken));
            server._journeys.Resume();
            server._supplies.Resume();
            return server;
        }
        catch
        {
            await (server is null ? books.DisposeAsync() : server.DisposeAsync());
            throw;
        }
    }

    /// <summary>Tells where the carrier sends its notices; until then they wait.</summary>
    public void SendCarrierNoticesTo(Uri target) => _carrierWebhook.SendTo(target);

    /// <summary>Tells where the supplier sends its notices; until then they wait.</summary>
    public void SendSupplierNoticesTo(Uri target) => _supplierWebhook.SendTo(target);

    /// <summary>Ends held-back answers, and parcels and supplies under way, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _journeys.DisposeAsync();
        await _supplies.DisposeAsync();
        await _books.DisposeAsync();
        _carrierWebhook.Dispose();
        _supplierWebhook.Dispose();
        _stopping.Dispose();
    }
}
