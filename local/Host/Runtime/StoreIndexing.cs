using System.Collections.ObjectModel;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Host;

/// <summary>
/// The indexing policy of a container, named as in the resources of Azure
/// (https://learn.microsoft.com/azure/cosmos-db/index-policy).
/// </summary>
/// <param name="IndexingMode">When the index follows a write.</param>
/// <param name="Automatic">Whether items are indexed that do not ask for it.</param>
/// <param name="IncludedPaths">The paths that are indexed, each with all its values.</param>
/// <param name="ExcludedPaths">The paths that are not; a more precise included path wins.</param>
/// <param name="CompositeIndexes">Indexes over several paths, in their order.</param>
internal sealed record StoreIndexing(
    IndexingMode IndexingMode,
    bool Automatic,
    IReadOnlyList<IndexedPath> IncludedPaths,
    IReadOnlyList<IndexedPath> ExcludedPaths,
    IReadOnlyList<IReadOnlyList<SortedPath>> CompositeIndexes)
{
    /// <summary>The policy as the client of the store states it.</summary>
    public IndexingPolicy ToPolicy()
    {
        var policy = new IndexingPolicy { IndexingMode = IndexingMode, Automatic = Automatic };
        foreach (var included in IncludedPaths)
        {
            policy.IncludedPaths.Add(new IncludedPath { Path = included.Path });
        }

        foreach (var excluded in ExcludedPaths)
        {
            policy.ExcludedPaths.Add(new ExcludedPath { Path = excluded.Path });
        }

        foreach (var paths in CompositeIndexes)
        {
            policy.CompositeIndexes.Add(new Collection<CompositePath>([.. paths.Select(p => new CompositePath { Path = p.Path, Order = p.Order })]));
        }

        return policy;
    }
}

/// <summary>A path in an indexing policy.</summary>
/// <param name="Path">The path, e.g. <c>/kind/?</c> for a value, or <c>/*</c> for everything.</param>
internal sealed record IndexedPath(string Path);

/// <summary>A path of a composite index.</summary>
/// <param name="Path">The path, without a sign at its end, e.g. <c>/time</c>.</param>
/// <param name="Order">How it is sorted.</param>
internal sealed record SortedPath(string Path, CompositePathSortOrder Order);
