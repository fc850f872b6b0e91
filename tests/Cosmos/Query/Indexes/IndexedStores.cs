using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.Cosmos.Tests.Query.Indexes;

/// <summary>Containers with an indexing policy.</summary>
internal static class IndexedStores
{
    public static ContainerStore Create(string policy, int ranges = 1)
    {
        var kept = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [ContainerDefinition.IndexingPolicyName] = JsonElement.Parse(policy) };
        var definition = new ContainerDefinition("c", PartitionKeyPath.TryParse("/pk")!, DefaultTimeToLive: null, kept);
        return new ContainerStore(new ContainerState(new ContainerRid(1, 1), definition, new KeyRangeMap(ranges), 0), new VolatileLog(), new ManualTimeProvider());
    }
}
