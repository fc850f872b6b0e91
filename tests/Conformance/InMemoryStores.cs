using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.Conformance.Tests;

public sealed class InMemoryEventStoreTests : EventStoreConformance
{
    private readonly InMemoryEventStore _store = new(WalletFixtures.Serializer);

    protected override IEventStore Store => _store;

    protected override IEventLookup Lookup => _store;

    protected override IEventStore StoreOf(EventSerializer serializer) => _store.SeenBy(serializer);
}

public sealed class InMemoryRepositoryTests : RepositoryConformance
{
    protected override IEventStore Store { get; } = new InMemoryEventStore(WalletFixtures.Serializer);
}

public sealed class InMemoryViewStoreTests : ViewStoreConformance
{
    protected override IViewStore Store { get; } = new InMemoryViewStore();
}
