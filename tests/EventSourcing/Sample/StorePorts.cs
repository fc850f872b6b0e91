namespace EventFunctions.EventSourcing.Tests.Sample;

/// <summary>Every port of one store.</summary>
public sealed record StorePorts(
    IEventStore Store, IEventLookup Lookup, IStreamDirectory Directory, IStreamItems Items, IEventArchive Archive, ITombstones Tombstones)
{
    public static StorePorts InMemory()
    {
        var store = new InMemoryEventStore(WalletFixtures.Serializer);
        return new StorePorts(
            store,
            store,
            new InMemoryStreamDirectory(store),
            new InMemoryStreamItems(store),
            new InMemoryEventArchive(store),
            new InMemoryTombstones(store));
    }
}
