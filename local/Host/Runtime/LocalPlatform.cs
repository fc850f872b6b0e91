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
    private LocalPlatform(StateFolder? folder, LocalSecrets secrets, CosmosEndpoint store, ServiceBusBroker broker, SandboxServer sandbox)
    {
        Folder = folder;
        Secrets = secrets;
        Store = store;
        Broker = broker;
        Sandbox = sandbox;
    }

    /// <summary>Where state is kept; none where it is in memory.</summary>
    public StateFolder? Folder { get; }

    /// <summary>What app and partners share.</summary>
    public LocalSecrets Secrets { get; }

    /// <summary>The Cosmos DB endpoint.</summary>
    public CosmosEndpoint Store { get; }

    /// <summary>The Service Bus broker.</summary>
    public ServiceBusBroker Broker { get; }

    /// <summary>The payment provider, the carrier and the supplier.</summary>
    public SandboxServer Sandbox { get; }

    /// <summary>Wraps people's keys where state is in memory: it lives as long as the store that has them, and outlives a restart of the app.</summary>
    public InMemoryMasterKey MasterKey { get; } = new();

    /// <summary>Starts store, broker and sandbox.</summary>
    /// <exception cref="LocalRuntimeException">The state can't be opened, or the topology is none; the message names cause and remedy.</exception>
    public static async Task<LocalPlatform> StartAsync(
        LocalRuntimeOptions options, ILoggerFactory loggerFactory, StartTimeline timeline, CancellationToken cancellationToken)
    {
        var folder = options.DataFolder is { } path ? StateFolder.Open(path) : null;
        try
        {
            return await StartAsync(folder, options, loggerFactory, timeline, cancellationToken);
        }
        catch (Exception exception) when (folder is not null && exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new LocalRuntimeException($"The state in '{folder}' can't be opened. {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => DisposeAllAsync(Sandbox, Broker, Store);

    private static async Task<LocalPlatform> StartAsync(
        StateFolder? folder, LocalRuntimeOptions options, ILoggerFactory loggerFactory, StartTimeline timeline, CancellationToken cancellationToken)
    {
        CosmosEndpoint? store = null;
        ServiceBusBroker? broker = null;
        try
        {
            store = await timeline.MeasureAsync("Cosmos DB endpoint", () => CosmosEndpoint.StartAsync(
                new CosmosEndpointOptions { Folder = folder?.Store }, TimeProvider.System, loggerFactory, cancellationToken));
            await timeline.MeasureAsync("database and containers", () => CreateContainersAsync(store, cancellationToken));
            broker = await timeline.MeasureAsync("broker", () => OpenBrokerAsync(folder, loggerFactory, cancellationToken));

            // Behind the store, whose lock keeps a second runtime away from the folder.
            var secrets = folder is null ? LocalSecrets.Create() : await LocalSecrets.LoadOrCreateAsync(folder.Secrets, cancellationToken);
            var sandbox = await timeline.MeasureAsync("sandbox", () => SandboxServer.StartAsync(
                new SandboxOptions
                {
                    WebhookSecret = secrets.WebhookSecret,
                    TransitDelay = options.TransitDelay,
                    HangTime = options.HangTime,
                    Folder = folder?.Partners,
                    MailFolder = options.MailFolder ?? folder?.Mails,
                },
                TimeProvider.System,
                loggerFactory,
                cancellationToken));
            return new LocalPlatform(folder, secrets, store, broker, sandbox);
        }
        catch
        {
            await DisposeAllAsync(null, broker, store);
            throw;
        }
    }

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
        await definition.CreateOrUpdateAsync(client, LocalRuntime.DatabaseName, cancellationToken);
    }

    private static async Task<ServiceBusBroker> OpenBrokerAsync(StateFolder? folder, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        var topology = LoadTopology();
        try
        {
            return folder is null
                ? new ServiceBusBroker(topology, TimeProvider.System)
                : await ServiceBusBroker.OpenAsync(
                    topology, TimeProvider.System, folder.Broker, loggerFactory, releaseLocks: true, cancellationToken); // all receivers are in this process
        }
        catch (MessagingTopologyException exception)
        {
            throw new LocalRuntimeException(
                $"{OutputFiles.Messaging} does not fit the messages in '{folder}': {exception.Message} Change it back, or begin with another --data folder.", exception);
        }
    }

    private static MessagingTopology LoadTopology()
    {
        try
        {
            return MessagingTopology.Load(OutputFiles.Messaging);
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
