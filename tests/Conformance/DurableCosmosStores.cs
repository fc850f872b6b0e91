using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.EventSourcing.Cosmos.Tests.Fixture;
using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Local.Cosmos;
using EventFunctions.Tests.Support;

namespace EventFunctions.Conformance.Tests;

/// <summary>The store where the local endpoint keeps its state in a folder: each answer waits for the journal.</summary>
public sealed class DurableCosmos : CosmosFixture
{
    private readonly string _folder = MemoryFolder.Create("conformance-");

    protected override CosmosEndpointOptions Setup => new() { Folder = _folder };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

[CollectionDefinition(nameof(DurableCosmosStores))]
public sealed class DurableCosmosStores : ICollectionFixture<DurableCosmos>;

[Collection(nameof(DurableCosmosStores))]
public sealed class DurableCosmosEventStoreTests(DurableCosmos cosmos) : EventStoreConformance
{
    protected override IEventStore Store { get; } = new CosmosEventStore(cosmos.Events, WalletFixtures.Serializer);

    protected override IEventLookup Lookup { get; } = new CosmosEventLookup(cosmos.Events, WalletFixtures.Serializer);

    protected override IEventStore StoreOf(EventSerializer serializer) => new CosmosEventStore(cosmos.Events, serializer);
}

[Collection(nameof(DurableCosmosStores))]
public sealed class DurableCosmosRepositoryTests(DurableCosmos cosmos) : RepositoryConformance
{
    protected override IEventStore Store { get; } = new CosmosEventStore(cosmos.Events, WalletFixtures.Serializer);
}

[Collection(nameof(DurableCosmosStores))]
public sealed class DurableCosmosEventFeedTests(DurableCosmos cosmos) : EventFeedConformance
{
    protected override IEventStore Store { get; } = new CosmosEventStore(cosmos.Events, WalletFixtures.Serializer);

    protected override IEventFeed Feed { get; } = new CosmosEventFeed(cosmos.Events, WalletFixtures.Serializer);
}

[Collection(nameof(DurableCosmosStores))]
public sealed class DurableCosmosViewStoreTests(DurableCosmos cosmos) : ViewStoreConformance
{
    protected override IViewStore Store { get; } = new CosmosViewStore(cosmos.Views);
}
