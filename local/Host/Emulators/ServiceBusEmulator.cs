using System.Net;
using EventFunctions.Local.Host.Serving;
using EventFunctions.Local.ServiceBus;
using EventFunctions.Local.ServiceBus.Administration;
using EventFunctions.Local.ServiceBus.Amqp;

namespace EventFunctions.Local.Host.Emulators;

/// <summary>A Service Bus namespace of its own: its broker, and what clients reach it by.</summary>
internal sealed class ServiceBusEmulator : IAsyncDisposable
{
    private readonly ServiceBusBroker _broker;
    private AmqpEndpoint? _messages;
    private AdministrationEndpoint? _administration;

    private ServiceBusEmulator(ServiceBusBroker broker) => _broker = broker;

    /// <summary>What a client is made with.</summary>
    public string ConnectionString => _messages!.ConnectionString;

    /// <summary>What an administration client is made with.</summary>
    public string AdministrationConnectionString => _administration!.ConnectionString;

    /// <summary>Opens the namespace and listens.</summary>
    /// <exception cref="LocalRuntimeException">A port is taken.</exception>
    /// <exception cref="MessagingTopologyException">The topology can't be read, breaks a rule, or does not fit the messages there are.</exception>
    /// <exception cref="IOException">The folder is in use, or can't be read or written.</exception>
    public static async Task<ServiceBusEmulator> StartAsync(EmulatorsArguments arguments, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var topology = MessagingTopology.Load(arguments.Topology ?? OutputFiles.Messaging);
        var emulator = new ServiceBusEmulator(arguments.Folder is { } folder
            ? await ServiceBusBroker.OpenAsync(topology, TimeProvider.System, Path.GetFullPath(Path.Combine(folder, "servicebus")), loggers, cancellationToken: cancellationToken)
            : new ServiceBusBroker(topology, TimeProvider.System));
        try
        {
            await emulator.ListenAsync(arguments, loggers, cancellationToken);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tells every client that it stops, and closes the namespace.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_messages is not null)
        {
            await _messages.DisposeAsync();
        }

        if (_administration is not null)
        {
            await _administration.DisposeAsync();
        }

        await _broker.DisposeAsync();
    }

    private async Task ListenAsync(EmulatorsArguments arguments, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        await PortInUse.ExplainAsync(
            "the Service Bus endpoint",
            arguments.ServiceBusPort,
            async () => _messages = await AmqpEndpoint.StartAsync(
                _broker, new AmqpOptions { ListenAddress = arguments.Listen, Port = arguments.ServiceBusPort }, TimeProvider.System, loggers, cancellationToken));
        await PortInUse.ExplainAsync(
            "the Service Bus administration",
            arguments.ServiceBusAdministrationPort,
            async () => _administration = await AdministrationEndpoint.StartAsync(
                _broker, new IPEndPoint(arguments.Listen, arguments.ServiceBusAdministrationPort), AccessKey.OfEmulator, TimeProvider.System, loggers, cancellationToken));
    }
}
