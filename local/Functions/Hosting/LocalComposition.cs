using EventFunctions.Local.DurableTask;
using EventFunctions.Local.Functions.Cosmos;
using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Durable;
using EventFunctions.Local.Functions.Durable.Management;
using EventFunctions.Local.Functions.Http;
using EventFunctions.Local.Functions.Invocation;
using EventFunctions.Local.Functions.Retry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Functions.Hosting;

/// <summary>Registers the host's own parts beside the app's.</summary>
internal static class LocalComposition
{
    private const string EnvironmentSetting = "AZURE_FUNCTIONS_ENVIRONMENT";

    public static FunctionsApplicationBuilder CreateBuilder(LocalFunctionsOptions options, HostConfiguration host)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(host.LogLevels.Select(level =>
            KeyValuePair.Create<string, string?>($"Logging:LogLevel:{level.Key}", level.Value)));
        AddSettings(configuration, LocalSettingsFile.Load(options.LocalSettingsPath));
        AddSettings(configuration, options.Environment);
        AddSettings(configuration, options.Settings);
        configuration[HostDefaults.EnvironmentKey] = configuration[EnvironmentSetting] ?? Environments.Development;
        var builder = new FunctionsApplicationBuilder(configuration);
        builder.Services.AddSingleton(options.ServiceBusClient);
        Register(builder.Services, options, host);
        return builder;
    }

    /// <summary>What is added later goes before what was added earlier.</summary>
    private static void AddSettings(ConfigurationManager configuration, IReadOnlyDictionary<string, string> settings) =>
        configuration.AddInMemoryCollection(settings.Select(setting =>
            KeyValuePair.Create<string, string?>(setting.Key.Replace("__", ":"), setting.Value)));

    private static void Register(IServiceCollection services, LocalFunctionsOptions options, HostConfiguration host)
    {
        services.AddSingleton(options);
        services.AddSingleton<IHostLifetime, PassiveLifetime>();
        services.AddSingleton(host);
        services.AddSingleton(provider =>
            FunctionDiscovery.Discover(options.FunctionsAssembly, provider.GetRequiredService<IConfiguration>(), host));
        services.AddSingleton<StopSignals>();
        services.AddSingleton<StopSequence>();
        services.AddSingleton<HttpBaseAddress>();
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton(provider => new RetryingInvoker(
            provider.GetRequiredService<FunctionInvoker>(),
            provider.GetRequiredService<StopSignals>(),
            options.TimeProvider,
            provider.GetRequiredService<ILogger<RetryingInvoker>>()));
        services.AddSingleton<CosmosClients>();
        services.AddSingleton<TriggerListeners>();
        services.AddSingleton<HttpInvoker>();
        services.AddSingleton<HttpFrontend>();
        services.AddSingleton<WorkerDataConverter>();
        services.AddSingleton(_ => new HttpActivity(options.TimeProvider, new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) }));
        services.AddSingleton<FunctionTaskDispatcher>();
        services.AddSingleton(provider => new EngineOpening(
            provider.GetRequiredService<FunctionTaskDispatcher>(),
            EngineOptions(provider, host.DurableTask),
            options,
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => provider.GetRequiredService<EngineOpening>().Engine);
        services.AddSingleton<DurableTaskClient>(provider => new FunctionsDurableTaskClient(
            provider.GetRequiredService<DurableTaskEngine>().Client,
            provider.GetRequiredService<HttpBaseAddress>(),
            host.DurableTask.HubName,
            provider.GetRequiredService<ManagementKey>().Query));
        ManagementComposition.Register(services, options, host.DurableTask);
    }

    private static DurableTaskEngineOptions EngineOptions(IServiceProvider services, DurableHostOptions host)
    {
        var defaults = new DurableTaskEngineOptions();
        var sessions = host switch
        {
            { ExtendedSessionsEnabled: null } => defaults,
            { ExtendedSessionsEnabled: true, ExtendedSessionIdleTime: var idle } when idle > TimeSpan.Zero =>
                defaults with { ExtendedSessionFrom = 0, ExtendedSessionIdleTime = idle },
            _ => defaults with { MaxExtendedSessions = 0 },
        };
        return sessions with
        {
            DefaultVersion = host.DefaultVersion,
            VersionMatch = host.VersionMatch,
            VersionFailure = host.VersionFailure,
            DataConverter = services.GetRequiredService<WorkerDataConverter>(),
            Properties = new Dictionary<string, object?>(StringComparer.Ordinal) { [HttpActivity.PauseProperty] = host.HttpPollingPause },
            MaxConcurrentActivities = host.MaxConcurrentActivities ?? defaults.MaxConcurrentActivities,
            MaxConcurrentOrchestrators = host.MaxConcurrentOrchestrators ?? defaults.MaxConcurrentOrchestrators,
        };
    }
}
