using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.EventSourcing.Cosmos.Tests.Fixture;
using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Tests.Support;

namespace EventFunctions.Conformance.Tests;

[CollectionDefinition(nameof(CosmosStores))]
public sealed class CosmosStores : ICollectionFixture<CosmosFixture>;

[Collection(nameof(CosmosStores))]
public sealed class CosmosEventStoreTests(CosmosFixture cosmos) : EventStoreConformance
{
    protected override IEventStore Store { get; } = new CosmosEventStore(cosmos.Events, WalletFixtures.Serializer);

    protected override IEventLookup Lookup { get; } = new CosmosEventLookup(cosmos.Events, WalletFixtures.Serializer);

    protected override IEventStore StoreOf(EventSerializer serializer) => new CosmosEventStore(cosmos.Events, serializer);
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosRepositoryTests(CosmosFixture cosmos) : RepositoryConformance
{
    protected override IEventStore Store { get; } = new CosmosEventStore(cosmos.Events, WalletFixtures.Serializer);
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosViewStoreTests(CosmosFixture cosmos) : ViewStoreConformance
{
    protected override IViewStore Store { get; } = new CosmosViewStore(cosmos.Views);
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosViewGroupsTests(CosmosFixture cosmos) : ViewGroupsConformance
{
    protected override IViewStore Store { get; } = new CosmosViewStore(cosmos.Views);
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosGenerationViewGroupsTests(CosmosFixture cosmos) : ViewGroupsConformance
{
    protected override IViewStore Store { get; } = new GenerationViewStore(new CosmosViewStore(cosmos.Views), 2);
}

/// <summary>A store whose clock the tests move, with nothing in it that they could disturb.</summary>
public sealed class ClockedCosmos : CosmosFixture
{
    public ManualTimeProvider ManualClock { get; } = new();

    protected override TimeProvider Clock => ManualClock;
}

public sealed class CosmosInboxTests(ClockedCosmos cosmos) : InboxConformance(cosmos.ManualClock), IClassFixture<ClockedCosmos>
{
    protected override IInbox Open(InboxOptions options) => new CosmosInbox(cosmos.Inbox, options, cosmos.ManualClock);
}

public sealed class CosmosReservationTests : ReservationConformance, IClassFixture<ClockedCosmos>
{
    private readonly CosmosReservations _reservations;

    public CosmosReservationTests(ClockedCosmos cosmos)
    {
        Clock = cosmos.ManualClock;
        _reservations = new CosmosReservations(cosmos.Keys, Clock);
    }

    protected override ManualTimeProvider Clock { get; }

    protected override IReservations Reservations => _reservations;

    protected override IReservationLookup Lookup => _reservations;
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosAdministrationTests(CosmosFixture cosmos) : AdministrationConformance
{
    protected override StorePorts Ports { get; } = cosmos.Ports();
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosArchiveTests(CosmosFixture cosmos) : ArchiveConformance
{
    protected override StorePorts Ports { get; } = cosmos.Ports();
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosTransferTests(CosmosFixture cosmos) : TransferConformance
{
    protected override StorePorts Target { get; } = cosmos.Ports();
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosStalledStreamsTests(CosmosFixture cosmos) : StalledStreamsConformance
{
    protected override IStalledStreams Stalled { get; } = new CosmosStalledStreams(cosmos.Views);

    protected override IStalledStreamList List { get; } = new CosmosStalledStreamList(cosmos.Views);
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosEventBacklogTests(CosmosFixture cosmos) : EventBacklogConformance
{
    protected override IEventStore Store { get; } = new CosmosEventStore(cosmos.Events, WalletFixtures.Serializer);

    protected override IEventBacklog Backlog { get; } = new CosmosEventBacklog(cosmos.Events);
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosParkedEventsTests(CosmosFixture cosmos) : ParkedEventsConformance
{
    protected override IParkedEvents Parked { get; } = new CosmosParkedEvents(cosmos.Parked);

    protected override IParkedEventList List { get; } = new CosmosParkedEventList(cosmos.Parked);
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosEventFeedTests(CosmosFixture cosmos) : EventFeedConformance
{
    protected override IEventStore Store { get; } = new CosmosEventStore(cosmos.Events, WalletFixtures.Serializer);

    protected override IEventFeed Feed { get; } = new CosmosEventFeed(cosmos.Events, WalletFixtures.Serializer);
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosViewScanTests(CosmosFixture cosmos) : ViewScanConformance
{
    protected override IViewStore Store { get; } = new CosmosViewStore(cosmos.Views);

    protected override IViewScan Scan { get; } = new CosmosViewScan(cosmos.Views);
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosLaterGenerationTests(CosmosFixture cosmos) : ViewStoreConformance
{
    protected override IViewStore Store { get; } = new GenerationViewStore(new CosmosViewStore(cosmos.Views), 2);
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosViewQueriesTests(CosmosFixture cosmos) : ViewQueriesConformance
{
    protected override IViewStore Store { get; } = new CosmosViewStore(cosmos.Views);

    protected override IViewQueries Queries { get; } = new CosmosViewQueries(cosmos.Views);
}

[Collection(nameof(CosmosStores))]
public sealed class CosmosAuditTrailTests(CosmosFixture cosmos) : AuditTrailConformance
{
    protected override IAuditTrail Trail { get; } = new CosmosAuditTrail(cosmos.Audit);
}
