using System.Text.Json;
using EventFunctions.Local.Cosmos.Store.Indexes;
using EventFunctions.Local.Cosmos.Store.UniqueKeys;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>What a client said about a container.</summary>
/// <param name="Id">The container's name.</param>
/// <param name="PartitionKey">Where items carry their partition key.</param>
/// <param name="DefaultTimeToLive">Seconds items live; -1 for those that say so themselves; <see langword="null"/> for time to live off.</param>
/// <param name="Kept">Properties that are kept and given back as they came (indexing policy and the like), by name.</param>
internal sealed record ContainerDefinition(
    string Id,
    PartitionKeyPath PartitionKey,
    int? DefaultTimeToLive,
    IReadOnlyDictionary<string, JsonElement> Kept)
{
    /// <summary>The name of the indexing policy among what is kept.</summary>
    public const string IndexingPolicyName = "indexingPolicy";

    /// <summary>The name of the unique keys among what is kept.</summary>
    public const string UniqueKeyPolicyName = "uniqueKeyPolicy";

    /// <summary>What no two items of a partition may have in common.</summary>
    public UniqueKeyPolicy UniqueKeys { get; } = UniqueKeyPolicy.Of(Kept.GetValueOrDefault(UniqueKeyPolicyName));

    /// <summary>What is indexed.</summary>
    public IndexingPolicy Indexing { get; } = IndexingPolicy.Of(Kept.GetValueOrDefault(IndexingPolicyName));
}
