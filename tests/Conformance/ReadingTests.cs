using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.EventSourcing.Cosmos.Tests.Fixture;
using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.Conformance.Tests;

[Collection(nameof(CosmosStores))]
public sealed class CosmosStreamPagesTests(CosmosFixture cosmos) : StreamPagesConformance
{
    protected override IEventStore Store { get; } = cosmos.EventStore();
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosPastReaderTests(CosmosFixture cosmos) : PastReaderConformance
{
    protected override IEventStore Store { get; } = cosmos.EventStore();
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosEventQueriesTests(CosmosFixture cosmos) : EventQueriesConformance
{
    protected override IEventStore Store { get; } = cosmos.EventStore();

    protected override IEventQueries Queries { get; } = new CosmosEventQueries(cosmos.Events, WalletFixtures.Serializer, WalletFixtures.Registry);

    protected override IEventStore StoreOf(EventSerializer serializer) => new CosmosEventStore(cosmos.Events, serializer);
}

public sealed class InMemoryStreamPagesTests : StreamPagesConformance
{
    protected override IEventStore Store { get; } = new InMemoryEventStore(WalletFixtures.Serializer);
}

public sealed class InMemoryPastReaderTests : PastReaderConformance
{
    protected override IEventStore Store { get; } = new InMemoryEventStore(WalletFixtures.Serializer);
}

public sealed class InMemoryEventQueriesTests : EventQueriesConformance
{
    private readonly InMemoryEventStore _store = new(WalletFixtures.Serializer);

    protected override IEventStore Store => _store;

    protected override IEventQueries Queries => new InMemoryEventQueries(_store);

    protected override IEventStore StoreOf(EventSerializer serializer) => _store.SeenBy(serializer);
}
