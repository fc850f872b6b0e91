using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;

namespace EventFunctions.Local.Functions.Tests.Support;

/// <summary>A function app in the local runtime, made of the classes a test names.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly LocalFunctionsApplication _app;
    private readonly string _hostJson;

    private TestApp(LocalFunctionsApplication app, string hostJson, Recorder recorder, LogCapture log)
    {
        (_app, _hostJson, Recorder, Log) = (app, hostJson, recorder, log);
        Http = new HttpClient();
    }

    public Recorder Recorder { get; }

    public LogCapture Log { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static TestApp Create(TestAppOptions options)
    {
        var path = Path.Combine(Path.GetTempPath(), $"eventfunctions-{Guid.NewGuid():N}.json");
        File.WriteAllText(path, options.HostJson);
        var localSettings = options.LocalSettings is null ? null : $"{path}.settings";
        if (localSettings is not null)
        {
            File.WriteAllText(localSettings, options.LocalSettings);
        }

        var (recorder, log) = (new Recorder(), new LogCapture());
        try
        {
            var app = LocalFunctionsApplication.Create(
                new LocalFunctionsOptions
                {
                    FunctionsAssembly = new AssemblyOf(options.Functions),
                    HostJsonPath = path,
                    ServiceBusClient = options.ServiceBusClient ?? Mock.Of<ServiceBusClient>(),
                    Settings = options.Settings,
                    Environment = options.Environment,
                    LocalSettingsPath = localSettings ?? $"{path}.missing",
                    TimeProvider = options.Clock,
                    DrainTimeout = options.DrainTimeout,
                    DurableTaskKey = options.DurableTaskKey,
                },
                builder =>
                {
                    builder.Services.AddSingleton(recorder);
                    builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug);
                    options.Compose(builder);
                });
            return new TestApp(app, path, recorder, log);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
        finally
        {
            // It is read when the app is composed.
            File.Delete($"{path}.settings");
        }
    }

    public static async Task<TestApp> StartAsync(TestAppOptions options)
    {
        var app = Create(options);
        try
        {
            await app.StartAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public static Task<TestApp> StartAsync(params Type[] functions) => StartAsync(new TestAppOptions { Functions = functions });

    public async Task StartAsync()
    {
        await _app.StartAsync(CancellationToken.None);
        Http.BaseAddress = _app.Address;
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        File.Delete(_hostJson);
    }
}

/// <summary>What a test's app is made of.</summary>
internal sealed record TestAppOptions
{
    public required Type[] Functions { get; init; }

    public string HostJson { get; init; } = """{ "version": "2.0" }""";

    public Dictionary<string, string> Settings { get; init; } = [];

    public Dictionary<string, string> Environment { get; init; } = [];

    public string? LocalSettings { get; init; }

    public ServiceBusClient? ServiceBusClient { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public string? DurableTaskKey { get; init; }

    public Action<FunctionsApplicationBuilder> Compose { get; init; } = static builder => builder.ConfigureFunctionsWebApplication();
}
