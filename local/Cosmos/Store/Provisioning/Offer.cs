namespace EventFunctions.Local.Cosmos.Store.Provisioning;

/// <summary>The throughput of a database or a container, as a resource of its own, which is what the protocol calls it.</summary>
/// <param name="Resource">What has it; a database's containers are numbered from 1, and 0 is the database itself.</param>
/// <param name="Throughput">The throughput.</param>
/// <param name="Timestamp">Since when, in seconds since 1970.</param>
internal sealed record Offer(ContainerRid Resource, ProvisionedThroughput Throughput, long Timestamp);
