using System.Globalization;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Discovery;

/// <summary>Turns a Cosmos DB trigger's attribute into the feed it reads.</summary>
internal static class CosmosTriggerReader
{
    private const string DefaultConnection = "CosmosDB";
    private const string DefaultLeaseContainer = "leases";

    public static Trigger.Cosmos Read(CosmosDBTriggerAttribute attribute, FunctionSettings settings)
    {
        if (attribute.ChangeFeedMode != CosmosDBChangeFeedMode.LatestVersion)
        {
            settings.Problem("the change feed of all versions and deletes is not supported locally. Use LatestVersion.");
        }

        var database = settings.Resolve(attribute.DatabaseName, "the database's name");
        var monitored = new CosmosContainerAddress(
            settings.ConnectionString(attribute.Connection, DefaultConnection),
            database,
            settings.Resolve(attribute.ContainerName, "the container's name"));
        var leases = new CosmosContainerAddress(
            attribute.LeaseConnection is null
                ? monitored.ConnectionString
                : settings.ConnectionString(attribute.LeaseConnection, DefaultConnection),
            settings.ResolveOptional(attribute.LeaseDatabaseName, "the lease database's name") ?? database,
            settings.ResolveOptional(attribute.LeaseContainerName, "the lease container's name") ?? DefaultLeaseContainer);
        return new Trigger.Cosmos(new CosmosFeed(monitored, leases)
        {
            Prefix = settings.ResolveOptional(attribute.LeaseContainerPrefix, "the lease prefix") ?? string.Empty,
            CreateLeaseContainer = attribute.CreateLeaseContainerIfNotExists,
            LeaseThroughput = attribute.LeasesContainerThroughput > 0 ? attribute.LeasesContainerThroughput : null,
            StartTime = ReadStart(attribute, settings),
            PollDelay = Milliseconds(attribute.FeedPollDelay),
            RenewInterval = Milliseconds(attribute.LeaseRenewInterval),
            AcquireInterval = Milliseconds(attribute.LeaseAcquireInterval),
            ExpirationInterval = Milliseconds(attribute.LeaseExpirationInterval),
            MaxItems = attribute.MaxItemsPerInvocation > 0 ? attribute.MaxItemsPerInvocation : null,
        });
    }

    private static DateTime? ReadStart(CosmosDBTriggerAttribute attribute, FunctionSettings settings)
    {
        if (settings.ResolveOptional(attribute.StartFromTime, "StartFromTime") is not { } time)
        {
            return attribute.StartFromBeginning ? DateTime.MinValue.ToUniversalTime() : null;
        }

        if (attribute.StartFromBeginning)
        {
            settings.Problem("StartFromBeginning and StartFromTime exclude each other. Leave one out.");
        }

        if (DateTime.TryParse(
            time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start))
        {
            return start;
        }

        settings.Problem($"StartFromTime '{time}' is not a moment. Write it in ISO 8601, e.g. 2026-01-31T12:00:00Z.");
        return null;
    }

    private static TimeSpan? Milliseconds(int value) => value > 0 ? TimeSpan.FromMilliseconds(value) : null;
}
