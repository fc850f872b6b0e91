using System.Text.Json;

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
    IReadOnlyDictionary<string, JsonElement> Kept);
