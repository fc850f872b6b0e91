using EventFunctions.Composition;
using EventFunctions.EventSourcing;
using EventFunctions.Local.Functions;
using EventFunctions.Local.Host.Serving;
using Microsoft.Extensions.Options;

namespace EventFunctions.Local.Host;

/// <summary>The function app on a platform.</summary>
internal static class FunctionApp
{
    private const string InMemory = "Memory";

    /// <summary>
    /// The variable with the key that the management API of the task hub asks for, named after the system key of the extension. Not set,
    /// it asks for none.
    /// </summary>
    private const string DurableTaskKeyVariable = "DURABLETASK_EXTENSION_KEY";

    /// <summary>Starts it.</summary>
    /// <exception cref="LocalRuntimeException">It can't be started as it is; the message names cause and remedy.</exception>
    public static async Task<LocalFunctionsApplication> StartAsync(
        LocalPlatform platform, LocalRuntimeOptions options, ILoggerFactory loggerFactory, StartTimeline timeline, CancellationToken cancellationToken)
    {
        try
        {
            return await StartCoreAsync(platform, options, loggerFactory, timeline, cancellationToken);
        }
        catch (FunctionsStartupException exception)
        {
            throw new LocalRuntimeException(exception.Message, exception);
        }
        catch (IOException exception) when (platform.Folder is not null)
        {
            throw new LocalRuntimeException($"The state in '{platform.Folder}' can't be opened. {exception.Message}", exception);
        }
        catch (OptionsValidationException exception)
        {
            throw new LocalRuntimeException($"A setting is missing or wrong. {exception.Message}", exception);
        }
    }

    private static async Task<LocalFunctionsApplication> StartCoreAsync(
        LocalPlatform platform, LocalRuntimeOptions options, ILoggerFactory loggerFactory, StartTimeline timeline, CancellationToken cancellationToken)
    {
        var app = await timeline.MeasureAsync("function app, composed", () => Task.FromResult(Compose(platform, options, loggerFactory)));
        try
        {
            await timeline.MeasureAsync("function app, started", () => PortInUse.ExplainAsync(
                "the app", options.Port, () => app.StartAsync(cancellationToken)));
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        platform.Sandbox.SendCarrierNoticesTo(new Uri(app.Address, "api/carrier/events"));
        platform.Sandbox.SendSupplierNoticesTo(new Uri(app.Address, "api/suppliers/confirmations"));
        return app;
    }

    private static LocalFunctionsApplication Compose(LocalPlatform platform, LocalRuntimeOptions options, ILoggerFactory loggerFactory)
    {
        var settings = Settings(platform, options);
        var functions = new LocalFunctionsOptions
        {
            FunctionsAssembly = typeof(EventFunctionsApplication).Assembly,
            HostJsonPath = OutputFiles.HostJson,
            ServiceBusClient = platform.Broker.CreateClient(),
            Settings = settings,
            Environment = options.Environment,
            LocalSettingsPath = options.LocalSettingsPath,
            Port = options.Port,
            DurableTaskFolder = platform.Folder?.Engine,
            DurableTaskKey = options.Environment.GetValueOrDefault(DurableTaskKeyVariable),
        };
        return LocalFunctionsApplication.Create(functions, builder =>
        {
            builder.Services.AddSingleton(loggerFactory);
            if (settings["PersonalData__MasterKey"] == InMemory)
            {
                // The store is gone with this process, so its master key may be too; but not with the app.
                builder.Services.AddSingleton<IMasterKey>(platform.MasterKey);
            }
            options.ConfigureServices?.Invoke(builder.Services);
            builder.AddEventFunctions();
        });
    }

    private static Dictionary<string, string> Settings(LocalPlatform platform, LocalRuntimeOptions options)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CosmosConnection"] = platform.Store.ConnectionString,
            ["CosmosDatabase"] = LocalRuntime.DatabaseName,

            // Triggers want the connection to be named; the client they get is the broker's own, in this process.
            ["ServiceBusConnection__fullyQualifiedNamespace"] = "localhost",
            ["Payments__BaseAddress"] = platform.Sandbox.PaymentsAddress.AbsoluteUri,
            ["Payments__AttemptTimeout"] = options.ProviderAttemptTimeout.ToString("c"),
            ["Carrier__BaseAddress"] = platform.Sandbox.CarrierAddress.AbsoluteUri,
            ["Carrier__AttemptTimeout"] = options.ProviderAttemptTimeout.ToString("c"),
            ["Carrier__WebhookSecret"] = platform.Secrets.WebhookSecret,
            ["PersonalData__MasterKey"] = platform.Folder is null ? InMemory : "File",
            ["PersonalData__MasterKeyFile"] = platform.Folder?.MasterKey ?? string.Empty,
            ["Supplier__BaseAddress"] = platform.Sandbox.SupplierAddress.AbsoluteUri,
            ["Supplier__AttemptTimeout"] = options.ProviderAttemptTimeout.ToString("c"),
            ["Supplier__WebhookSecret"] = platform.Secrets.WebhookSecret,
            ["Mail__BaseAddress"] = platform.Sandbox.MailAddress.AbsoluteUri,
            ["Mail__AttemptTimeout"] = options.ProviderAttemptTimeout.ToString("c"),
            ["Mail__From"] = "shop@eventfunctions.example",
            ["Notifications__OperatorsAddress"] = "operators@eventfunctions.example",

            // The same with each start, because what they are for may outlive the process. They protect nothing here: whoever reaches
            // this machine's loopback reads the store and the mails as well.
            ["Customers__EmailIndexKey"] = "index-of-addresses-on-a-local-machine",
            ["Customers__VerificationKey"] = "proofs-of-addresses-on-a-local-machine",
            ["Customers__VerificationPage"] = "https://shop.eventfunctions.example/verify",
            ["Webhooks__MasterKey"] = platform.Secrets.WebhookMasterKey,
            ["Webhooks__AllowPrivateAddresses"] = "true",
        };
        foreach (var (name, value) in RuntimeTelemetry.SettingsOf(options).Concat(options.Settings))
        {
            settings[name] = value;
        }

        return settings;
    }
}
