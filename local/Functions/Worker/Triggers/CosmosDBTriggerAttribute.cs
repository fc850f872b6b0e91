using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts a function with the changes of a Cosmos DB container. Names may be written <c>%Setting%</c>.</summary>
/// <param name="databaseName">The database.</param>
/// <param name="containerName">The container whose changes are read.</param>
public sealed class CosmosDBTriggerAttribute(string databaseName, string containerName) : TriggerBindingAttribute
{
    /// <summary>The container whose changes are read.</summary>
    public string ContainerName { get; } = containerName;

    /// <summary>The database of that container.</summary>
    public string DatabaseName { get; } = databaseName;

    /// <summary>The setting, or group of settings, that holds the connection.</summary>
    public string? Connection { get; set; }

    /// <summary>The container of the leases; <c>leases</c> if not given.</summary>
    public string? LeaseContainerName { get; set; }

    /// <summary>The database of the leases; that of the changes if not given.</summary>
    public string? LeaseDatabaseName { get; set; }

    /// <summary>The connection of the leases; that of the changes if not given.</summary>
    public string? LeaseConnection { get; set; }

    /// <summary>Whether a missing lease container is created.</summary>
    public bool CreateLeaseContainerIfNotExists { get; set; }

    /// <summary>The request units per second of a lease container that is created; 0 is the service's default.</summary>
    public int LeasesContainerThroughput { get; set; }

    /// <summary>Keeps several functions apart that share a container of leases.</summary>
    public string? LeaseContainerPrefix { get; set; }

    /// <summary>Milliseconds between two looks at an idle feed; 0 is the default, 5,000.</summary>
    public int FeedPollDelay { get; set; }

    /// <summary>Milliseconds between two renewals of a lease; 0 is the default, 17,000.</summary>
    public int LeaseRenewInterval { get; set; }

    /// <summary>Milliseconds between two attempts to balance the leases; 0 is the default, 13,000.</summary>
    public int LeaseAcquireInterval { get; set; }

    /// <summary>Milliseconds a lease lasts that isn't renewed; 0 is the default, 60,000.</summary>
    public int LeaseExpirationInterval { get; set; }

    /// <summary>The most documents one invocation gets, unless one transaction wrote more; 0 leaves it to the service.</summary>
    public int MaxItemsPerInvocation { get; set; }

    /// <summary>Whether a feed without leases starts with the oldest change rather than with new ones.</summary>
    public bool StartFromBeginning { get; set; }

    /// <summary>A moment in ISO 8601 UTC from which a feed without leases starts.</summary>
    public string? StartFromTime { get; set; }

    /// <summary>Regions to read from, in order, separated by commas; without effect on an account of one region.</summary>
    public string? PreferredLocations { get; set; }

    /// <summary>Which changes the feed holds.</summary>
    public CosmosDBChangeFeedMode ChangeFeedMode { get; set; } = CosmosDBChangeFeedMode.LatestVersion;
}

/// <summary>Which changes a feed holds.</summary>
public enum CosmosDBChangeFeedMode
{
    /// <summary>The newest state of what was created or changed.</summary>
    LatestVersion = 0,

    /// <summary>Every version, and deletions.</summary>
    AllVersionsAndDeletes = 1,
}
