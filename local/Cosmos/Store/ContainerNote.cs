using EventFunctions.Local.Cosmos.Store.Provisioning;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>All that a container held at one moment.</summary>
/// <param name="Rid">Its RID.</param>
/// <param name="Definition">What a client said about it.</param>
/// <param name="Timestamp">When that was, in seconds since 1970.</param>
/// <param name="NextItemNumber">The number that the next new item gets.</param>
/// <param name="Ranges">Its key ranges, in order.</param>
internal sealed record ContainerNote(ContainerRid Rid, ContainerDefinition Definition, long Timestamp, long NextItemNumber, IReadOnlyList<RangeNote> Ranges);

/// <summary>All that a key range held at one moment.</summary>
/// <param name="Lsn">The position of its last write.</param>
/// <param name="Items">In the order of their last write.</param>
internal sealed record RangeNote(long Lsn, IReadOnlyList<StoredItem> Items);

/// <summary>All that an account held at one moment, but for what is in its containers.</summary>
/// <param name="LastDatabase">The number of the database created last.</param>
/// <param name="Databases">Its databases.</param>
/// <param name="Offers">The throughputs that were asked for.</param>
internal sealed record AccountNote(uint LastDatabase, IReadOnlyList<DatabaseNote> Databases, IReadOnlyList<Offer> Offers);

/// <summary>A database at one moment.</summary>
/// <param name="Rid">Its number.</param>
/// <param name="Id">Its name.</param>
/// <param name="Timestamp">When it was created, in seconds since 1970.</param>
/// <param name="LastContainer">The number of the container created last.</param>
/// <param name="Containers">Its containers, which go on.</param>
internal sealed record DatabaseNote(uint Rid, string Id, long Timestamp, uint LastContainer, IReadOnlyList<ContainerStore> Containers);
