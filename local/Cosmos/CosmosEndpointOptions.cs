using System.Net;

namespace EventFunctions.Local.Cosmos;

/// <summary>How a <see cref="CosmosEndpoint"/> is set up.</summary>
public sealed record CosmosEndpointOptions
{
    /// <summary>The port, 0 to 65,535; 0, the default, takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// The address to listen on: loopback by default, so that no other machine reaches it. On any other one the account is open to whoever
    /// reaches it and knows the key.
    /// </summary>
    public IPAddress ListenAddress { get; init; } = IPAddress.Loopback;

    /// <summary>
    /// Whether a container that has spent its throughput is refused more (429), as in the service. By default it is not: what requests
    /// cost is told, and none waits.
    /// </summary>
    public bool EnforceThroughput { get; init; }

    /// <summary>How many key ranges each new container gets, 1 or more; 4 by default, so that clients meet several.</summary>
    public int PartitionKeyRanges { get; init; } = 4;

    /// <summary>
    /// The folder that state is kept in, made if there is none; by default there is none, and state lives as long as the endpoint. A
    /// folder is one endpoint's at a time.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>The account's master key, base64. The default is no secret: it is meant for loopback.</summary>
    public string Key { get; init; } = "ZXZlbnRmdW5jdGlvbnMtbG9jYWwtY29zbW9zLWVuZHBvaW50LWtleS1ub3QtYS1zZWNyZXQtMDAwMDAwMDA=";
}
