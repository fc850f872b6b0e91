using EventFunctions.Local.Functions.Timers;

namespace EventFunctions.Local.Functions.Discovery;

/// <summary>What starts a function, with settings already resolved.</summary>
/// <param name="BindingType">The binding's type as the host's metadata calls it.</param>
internal abstract record Trigger(string BindingType)
{
    /// <param name="Route">The template below the app's prefix.</param>
    /// <param name="Methods">In capitals; none means all.</param>
    public sealed record Http(string Route, IReadOnlyList<string> Methods) : Trigger("httpTrigger");

    /// <param name="Entity">The queue, or the topic.</param>
    /// <param name="Subscription">The topic's subscription; null for a queue.</param>
    /// <param name="Sessions">Whether the queue or subscription has sessions.</param>
    /// <param name="Batched">Whether an invocation gets an array.</param>
    /// <param name="AutoComplete">Whether a message is completed when the function returns.</param>
    public sealed record ServiceBus(string Entity, string? Subscription, bool Sessions, bool Batched, bool AutoComplete)
        : Trigger("serviceBusTrigger");

    public sealed record Cosmos(CosmosFeed Feed) : Trigger("cosmosDBTrigger");

    public sealed record Timer(ISchedule Schedule, bool RunOnStartup, bool UseMonitor) : Trigger("timerTrigger");

    public sealed record Orchestration(string Name) : Trigger("orchestrationTrigger");

    public sealed record Activity(string Name) : Trigger("activityTrigger");
}

/// <summary>A container's change feed and how it is read. Times that are null are the SDK's defaults.</summary>
internal sealed record CosmosFeed(CosmosContainerAddress Monitored, CosmosContainerAddress Leases)
{
    public string Prefix { get; init; } = string.Empty;

    public bool CreateLeaseContainer { get; init; }

    public int? LeaseThroughput { get; init; }

    public DateTime? StartTime { get; init; }

    public TimeSpan? PollDelay { get; init; }

    public TimeSpan? RenewInterval { get; init; }

    public TimeSpan? AcquireInterval { get; init; }

    public TimeSpan? ExpirationInterval { get; init; }

    public int? MaxItems { get; init; }
}

/// <summary>A container and the connection to its account.</summary>
internal sealed record CosmosContainerAddress(string ConnectionString, string Database, string Container);
