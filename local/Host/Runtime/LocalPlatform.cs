using System.Security.Cryptography;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.Local.Cosmos;
using EventFunctions.Local.Host.Sandbox;
using EventFunctions.Local.ServiceBus;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Host;

/// <summary>All that the app stands on: store, broker and the partners' sandbox. It outlives the app.</summary>
internal sealed class LocalPlatform : IAsyncDisposable
{
    private const int MasterKeyLength = 32;

    private LocalPlatform(CosmosEndpoint store, ServiceBusBroker broker, SandboxServer sandbox, string webhookSecret)
    {
        Store = store;
        Broker = broker;
        Sandbox = sandbox;
        WebhookSecret = webhookSecret;
    }

    /// <summary>The Cosmos DB endpoint.</summary>
    public CosmosEndpoint Store { get; }

    /// <summary>The Service Bus broker.</summary>
    public ServiceBusBroker Broker { get; }

    /// <summary>The payment provider, the carrier and the supplier.</summary>
    public SandboxServer Sandbox { get; }

    /// <summary>Shared by the app with carrier and supplier, new with each start.</summary>
    public string WebhookSecret { get; }

    /// <summary>What the app seals the secrets of its webhooks under, new with each start like the store that holds them.</summary>
    public string WebhookMasterKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKeyLength));

    /// <summary>Wraps people's keys: it lives as long as the store that has them, and outlives a restart of the app.</summary>
    public InMemoryMasterKey MasterKey { get; } = new();

    /// <summary>Starts store, broker and sandbox.</summary>
    public static async Task<LocalPlatform> StartAsync(
        LocalRuntimeOptions options, ILoggerFactory loggerFactory, StartTimeline timeline, CancellationToken cancellationToken)
    {
        CosmosEndpoint? store = null;
        ServiceBusBroker? broker = null;
        try
        {
            store = await timeline.MeasureAsync("Cosmos DB endpoint", () => CosmosEndpoint.StartAsync(
                new CosmosEndpointOptions(), TimeProvider.System, loggerFactory, cancellationToken));
            await timeline.MeasureAsync("database and containers", () => CreateContainersAsync(store, cancellationToken));
            broker = await timeline.MeasureAsync("broker", () => Task.FromResult(OpenBroker()));
            var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            var sandbox = await timeline.MeasureAsync("sandbox", () => SandboxServer.StartAsync(
                new SandboxOptions
                {
                    WebhookSecret = secret,
                    TransitDelay = options.TransitDelay,
                    HangTime = options.HangTime,
                    MailFolder = options.MailFolder,
                },
                TimeProvider.System,
                loggerFactory,
                cancellationToken));
            return new LocalPlatform(store, broker, sandbox, secret);
        }
        catch
        {
            await DisposeAllAsync(null, broker, store);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => DisposeAllAsync(Sandbox, Broker, Store);

    private static async ValueTask DisposeAllAsync(params IAsyncDisposable?[] parts)
    {
        foreach (var part in parts)
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }

    private static async Task CreateContainersAsync(CosmosEndpoint store, CancellationToken cancellationToken)
    {
        var definition = await StoreDefinition.LoadAsync(OutputFiles.Containers, cancellationToken);
        using var client = new CosmosClient(
            store.ConnectionString, EventStoreClientOptions.ForConnectionString(store.ConnectionString, "EventFunctions.Local"));
        await definition.CreateAsync(client, LocalRuntime.DatabaseName, cancellationToken);
    }

    private static ServiceBusBroker OpenBroker()
    {
        try
        {
            return new ServiceBusBroker(MessagingTopology.Load(OutputFiles.Messaging), TimeProvider.System);
        }
        catch (IOException exception)
        {
            throw new LocalRuntimeException(
                $"{OutputFiles.Messaging} can't be read ({exception.Message}). Build local/Host again: it copies the file beside its output.", exception);
        }
        catch (MessagingTopologyException exception)
        {
            throw new LocalRuntimeException($"{OutputFiles.Messaging} does not declare topics as the broker needs them: {exception.Message}", exception);
        }
    }
}
