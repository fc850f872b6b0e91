using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Publishing;

/// <summary>The store is the outbox: whatever was committed is published, from the first event on, and nothing else is.</summary>
/// <param name="relay">Does it.</param>
public sealed class EventRelay(ChangeRelay relay)
{
    /// <summary>Relays a batch of changes. It is tried again without limit, because after a failure the feed would move on.</summary>
    [Function(nameof(EventRelay))]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:01:00")]
    public Task RunAsync(
        [CosmosDBTrigger(
            "%CosmosDatabase%",
            "events",
            Connection = "CosmosConnection",
            LeaseContainerName = "leases",
            LeaseContainerPrefix = "relay-",
            StartFromBeginning = true,
            FeedPollDelay = 100,
            MaxItemsPerInvocation = 200)]
        IReadOnlyList<JsonElement> documents,
        CancellationToken cancellationToken) => relay.RelayAsync(documents, cancellationToken);
}
