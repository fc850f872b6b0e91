using EventFunctions.Local.DurableTask;
using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Durable;
using EventFunctions.Local.Functions.Hosting;
using EventFunctions.Local.Functions.Http;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventFunctions.Local.Functions;

/// <summary>A function app and the host that serves it, in this process.</summary>
public sealed class LocalFunctionsApplication : IAsyncDisposable
{
    private readonly IHost _app;
    private readonly HttpFrontend _http;
    private readonly TriggerListeners _listeners;
    private readonly StopSequence _stop;
    private readonly StopSignals _signals;
    private readonly TaskCompletionSource _startEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DurableTaskEngine? _engine;
    private int _started;
    private bool _disposed;

    private LocalFunctionsApplication(IHost app)
    {
        _app = app;
        _listeners = app.Services.GetRequiredService<TriggerListeners>();
        _http = app.Services.GetRequiredService<HttpFrontend>();
        _stop = app.Services.GetRequiredService<StopSequence>();
        _signals = app.Services.GetRequiredService<StopSignals>();
    }

    /// <summary>Where the HTTP functions are served, once the app has started; without the route prefix, with a slash at the end.</summary>
    public Uri Address => _http.Address;

    /// <summary>The app's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Composes the app and finds its functions. Nothing runs yet.</summary>
    /// <param name="options">What the app is run with.</param>
    /// <param name="compose">The app's composition root.</param>
    /// <exception cref="FunctionsStartupException">
    /// A function, a setting or host.json is not as it must be; the message names each problem and its remedy.
    /// </exception>
    public static LocalFunctionsApplication Create(LocalFunctionsOptions options, Action<FunctionsApplicationBuilder> compose)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(compose);
        var builder = LocalComposition.CreateBuilder(options, HostConfiguration.Load(options.HostJsonPath));
        compose(builder);
        var app = builder.Build();
        try
        {
            RequireWebIntegration(app.Services);
            return new LocalFunctionsApplication(app);
        }
        catch (FunctionsStartupException)
        {
            app.Dispose();
            throw;
        }
    }

    /// <summary>Starts the app's hosted services, the engine and the HTTP listener, and then the triggers.</summary>
    /// <exception cref="FunctionsStartupException">What a trigger listens to is not there, or the port is taken.</exception>
    /// <exception cref="IOException">The engine's folder is in use or damaged, or the disk broken.</exception>
    /// <exception cref="InvalidOperationException">The app was started or stopped before.</exception>
    /// <exception cref="OperationCanceledException">The app is stopped meanwhile.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Set first: a stop sees either this, and waits for the start to end, or is itself seen by the line after.
        if (Interlocked.Exchange(ref _started, 1) != 0 || _signals.Stopping.IsCancellationRequested)
        {
            _startEnded.TrySetResult();
            throw new InvalidOperationException("The app was started or stopped before, and an app runs once. Create another one.");
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _signals.Stopping);
            await StartPartsAsync(either.Token);
        }
        finally
        {
            _startEnded.TrySetResult();
        }
    }

    /// <summary>
    /// Stops the triggers and waits for what is in flight; after <see cref="LocalFunctionsOptions.DrainTimeout"/> it is cancelled, and
    /// messages that were not finished are handed back. Then the HTTP listener, the engine and the app's hosted services stop.
    /// </summary>
    /// <param name="cancellationToken">Cancels what is in flight at once.</param>
    public Task StopAsync(CancellationToken cancellationToken) => _stop.RunAsync(
        [StopListenersAsync, _http.StopAsync, StopEngineAsync, _app.StopAsync], cancellationToken);

    /// <summary>Lets go of everything; an app that runs is stopped first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            await StopAsync(CancellationToken.None);
        }
        finally
        {
            if (_app is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else
            {
                _app.Dispose();
            }
        }
    }

    private async Task StartPartsAsync(CancellationToken cancellationToken)
    {
        await _app.Services.GetRequiredService<EngineOpening>().OpenAsync(cancellationToken);
        var engine = _app.Services.GetRequiredService<DurableTaskEngine>();
        await _app.StartAsync(cancellationToken);
        await _http.StartAsync(cancellationToken);
        _app.Services.GetRequiredService<HttpBaseAddress>().Set(_http.Address);
        await engine.StartAsync(cancellationToken);
        _engine = engine;
        await _listeners.StartAsync(cancellationToken);
    }

    /// <summary>A start under way ends first, so that nothing it still begins is left running.</summary>
    private async Task StopListenersAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _started) != 0)
        {
            await _startEnded.Task.WaitAsync(cancellationToken);
        }

        await _listeners.StopAsync(cancellationToken);
    }

    /// <summary>Activities get no time beyond the deadline: the engine keeps those that give up and calls them again after a start.</summary>
    private Task StopEngineAsync(CancellationToken cancellationToken) => _engine?.StopAsync(_signals.Cancelled) ?? Task.CompletedTask;

    private static void RequireWebIntegration(IServiceProvider services)
    {
        var http = services.GetRequiredService<FunctionCatalog>().Functions.FirstOrDefault(function => function.Trigger is Trigger.Http);
        if (http is not null && services.GetService<AspNetCoreIntegration>() is null)
        {
            throw new FunctionsStartupException(
            [
                $"Function '{http.Name}': it has an HTTP trigger, but the app's composition does not call "
                + "builder.ConfigureFunctionsWebApplication(). Call it before any middleware is added.",
            ]);
        }
    }
}
