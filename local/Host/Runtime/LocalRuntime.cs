using EventFunctions.Local.Functions;
using EventFunctions.Local.ServiceBus;

namespace EventFunctions.Local.Host;

/// <summary>The whole back end in this process: store, broker, engine, function app, and the partners' sandbox.</summary>
public sealed class LocalRuntime : IAsyncDisposable
{
    /// <summary>The name of the store's database.</summary>
    public const string DatabaseName = "eventfunctions";

    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(30);
    private readonly LocalRuntimeOptions _options;
    private readonly ILoggerFactory _loggerFactory;
    private readonly LocalPlatform _platform;
    private LocalFunctionsApplication? _app;

    private LocalRuntime(LocalRuntimeOptions options, ILoggerFactory loggerFactory, LocalPlatform platform)
    {
        _options = options;
        _loggerFactory = loggerFactory;
        _platform = platform;
    }

    /// <summary>How long each phase of the start took.</summary>
    public StartTimeline Timeline { get; private init; } = new();

    /// <summary>Where the app's HTTP triggers listen.</summary>
    public Uri AppAddress => App.Address;

    /// <summary>Where the payment provider (<c>payments/</c>), the carrier (<c>carrier/</c>) and the supplier (<c>supplier/</c>) listen.</summary>
    public Uri SandboxAddress => _platform.Sandbox.Address;

    /// <summary>What a Cosmos DB client is made with; it must use Gateway mode.</summary>
    public string CosmosConnectionString => _platform.Store.ConnectionString;

    /// <summary>The folder that state is kept in, or none.</summary>
    public string? DataFolder => _platform.Folder?.ToString();

    /// <summary>The Service Bus broker.</summary>
    public ServiceBusBroker Broker => _platform.Broker;

    /// <summary>The app's services.</summary>
    public IServiceProvider Services => App.Services;

    private LocalFunctionsApplication App => _app ?? throw new InvalidOperationException("The function app is stopped.");

    /// <summary>Starts everything; on failure what had started is stopped again.</summary>
    /// <param name="options">Ports and times.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="LocalRuntimeException">It can't start; the message names the cause and the remedy.</exception>
    public static async Task<LocalRuntime> StartAsync(LocalRuntimeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var loggerFactory = RuntimeLogging.Create(options.LogLevel, options.LogTo, RuntimeTelemetry.SettingsOf(options));
        var timeline = new StartTimeline();
        LocalRuntime? runtime = null;
        try
        {
            var platform = await LocalPlatform.StartAsync(options, loggerFactory, timeline, cancellationToken);
            runtime = new LocalRuntime(options, loggerFactory, platform) { Timeline = timeline };
            await runtime.StartAppAsync(cancellationToken);
            return runtime;
        }
        catch
        {
            if (runtime is not null)
            {
                await runtime.DisposeAsync();
            }
            else
            {
                loggerFactory.Dispose();
            }

            throw;
        }
    }

    /// <summary>Stops the app and then what it stands on: what is in flight is finished or handed back.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAppAsync();
        }
        finally
        {
            await _platform.DisposeAsync();
            _loggerFactory.Dispose();
        }
    }

    /// <summary>Starts the app (again) on the store and the broker as they are; without a folder its engine begins empty.</summary>
    internal async Task StartAppAsync(CancellationToken cancellationToken) =>
        _app = await FunctionApp.StartAsync(_platform, _options, _loggerFactory, Timeline, cancellationToken);

    /// <summary>Stops the app alone: requests are answered, messages settled or given back, the engine stopped.</summary>
    internal async Task StopAppAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await using (app)
            {
                using var deadline = new CancellationTokenSource(DrainTime);
                await app.StopAsync(deadline.Token);
            }
        }
    }

    /// <summary>Takes the store away under the running app, as an outage does.</summary>
    internal ValueTask StopStoreAsync() => _platform.Store.DisposeAsync();
}
