namespace EventFunctions.Local.Cosmos;

/// <summary>How a <see cref="CosmosEndpoint"/> is set up.</summary>
public sealed record CosmosEndpointOptions
{
    /// <summary>The port on the loopback address, 0 to 65,535; 0, the default, takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>How many key ranges each new container gets, 1 or more; 4 by default, so that clients meet several.</summary>
    public int PartitionKeyRanges { get; init; } = 4;

    /// <summary>
    /// The folder that state is kept in, made if there is none; by default there is none, and state lives as long as the endpoint. A
    /// folder is one endpoint's at a time.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>The account's master key, base64. The default is no secret: the endpoint listens on loopback only.</summary>
    public string Key { get; init; } = "ZXZlbnRmdW5jdGlvbnMtbG9jYWwtY29zbW9zLWVuZHBvaW50LWtleS1ub3QtYS1zZWNyZXQtMDAwMDAwMDA=";
}
