using System.Net;

namespace EventFunctions.Local.Host.Emulators;

/// <summary>Which emulators to run, and how.</summary>
/// <param name="CosmosPort">The port of the Cosmos DB endpoint; 0 takes a free one.</param>
/// <param name="ServiceBusPort">The port of the Service Bus endpoint (AMQP 1.0); 0 takes a free one.</param>
/// <param name="ServiceBusAdministrationPort">The port of the Service Bus administration (HTTP); 0 takes a free one.</param>
/// <param name="Topology">The file that declares queues, topics and subscriptions; <see langword="null"/> for that of the repository.</param>
/// <param name="Folder">Where state is kept; <see langword="null"/> for memory only.</param>
/// <param name="AsJson">Whether one line of JSON is printed instead of text.</param>
/// <param name="LogLevel">The least severe log lines that are shown.</param>
internal sealed record EmulatorsArguments(
    int CosmosPort, int ServiceBusPort, int ServiceBusAdministrationPort, string? Topology, string? Folder, bool AsJson, LogLevel LogLevel)
{
    /// <summary>The address to listen on; loopback, which no other machine reaches, unless told otherwise.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Whether containers are held to their throughput.</summary>
    public bool Throttle { get; init; }
}
