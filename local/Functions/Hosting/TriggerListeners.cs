using EventFunctions.Local.Functions.Cosmos;
using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Invocation;
using EventFunctions.Local.Functions.Retry;
using EventFunctions.Local.Functions.ServiceBus;
using EventFunctions.Local.Functions.Timers;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Local.Functions.Hosting;

/// <summary>The listeners of all functions that aren't called over HTTP or by the engine.</summary>
internal sealed class TriggerListeners
{
    private readonly List<ITriggerListener> _listeners;
    private readonly List<ITriggerListener> _started = [];

    public TriggerListeners(FunctionCatalog catalog, IServiceProvider services)
    {
        // One name for the whole host, so that the leases of all its functions tell who holds them.
        var instanceName = $"{Environment.MachineName}-{Guid.NewGuid():N}";
        _listeners = [.. catalog.Functions.Select(function => Create(function, services, instanceName)).OfType<ITriggerListener>()];
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var listener in _listeners)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await listener.StartAsync(cancellationToken);
            _started.Add(listener);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_started.Select(listener => listener.StopAsync(cancellationToken)));

    private static ITriggerListener? Create(Function function, IServiceProvider services, string instanceName) => function.Trigger switch
    {
        Trigger.Timer timer => new TimerListener(
            function,
            timer,
            services.GetRequiredService<RetryingInvoker>(),
            services.GetRequiredService<StopSignals>(),
            services.GetRequiredService<LocalFunctionsOptions>().TimeProvider),
        Trigger.Cosmos cosmos => ActivatorUtilities.CreateInstance<ChangeFeedListener>(services, function, cosmos.Feed, instanceName),
        Trigger.ServiceBus serviceBus => ServiceBusListeners.Create(function, serviceBus, services),
        _ => null,
    };
}
