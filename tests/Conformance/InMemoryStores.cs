using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Tests.Support;

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

public sealed class InMemoryViewGroupsTests : ViewGroupsConformance
{
    protected override IViewStore Store { get; } = new InMemoryViewStore();
}

public sealed class InMemoryInboxTests : InboxConformance
{
    private readonly InMemoryInbox _inbox;

    public InMemoryInboxTests()
        : this(new ManualTimeProvider())
    {
    }

    private InMemoryInboxTests(ManualTimeProvider clock)
        : base(clock) => _inbox = new InMemoryInbox(Options, clock);

    protected override IInbox Open(InboxOptions options) => _inbox;
}

public sealed class InMemoryReservationTests : ReservationConformance
{
    private readonly InMemoryReservations _reservations;

    public InMemoryReservationTests() => _reservations = new InMemoryReservations(Clock);

    protected override ManualTimeProvider Clock { get; } = new();

    protected override IReservations Reservations => _reservations;

    protected override IReservationLookup Lookup => _reservations;
}

public sealed class InMemoryAdministrationTests : AdministrationConformance
{
    protected override StorePorts Ports { get; } = StorePorts.InMemory();
}

public sealed class InMemoryArchiveTests : ArchiveConformance
{
    protected override StorePorts Ports { get; } = StorePorts.InMemory();
}

public sealed class InMemoryTransferTests : TransferConformance
{
    protected override StorePorts Target { get; } = StorePorts.InMemory();
}

public sealed class InMemoryStalledStreamsTests : StalledStreamsConformance
{
    private readonly InMemoryStalledStreams _stalled = new();

    protected override IStalledStreams Stalled => _stalled;

    protected override IStalledStreamList List => _stalled;
}

public sealed class InMemoryEventBacklogTests : EventBacklogConformance
{
    private readonly InMemoryEventStore _store = new(WalletFixtures.Serializer);

    protected override IEventStore Store => _store;

    protected override IEventBacklog Backlog => new InMemoryEventBacklog(_store);
}

public sealed class InMemoryParkedEventsTests : ParkedEventsConformance
{
    private readonly InMemoryParkedEvents _parked = new();

    protected override IParkedEvents Parked => _parked;

    protected override IParkedEventList List => _parked;
}

public sealed class InMemoryEventFeedTests : EventFeedConformance
{
    private readonly InMemoryEventStore _store = new(WalletFixtures.Serializer);

    protected override IEventStore Store => _store;

    protected override IEventFeed Feed => _store;
}

public sealed class InMemoryViewScanTests : ViewScanConformance
{
    private readonly InMemoryViewStore _store = new();

    protected override IViewStore Store => _store;

    protected override IViewScan Scan => _store;
}

public sealed class InMemoryLaterGenerationTests : ViewStoreConformance
{
    protected override IViewStore Store { get; } = new GenerationViewStore(new InMemoryViewStore(), 2);
}

public sealed class InMemoryViewQueriesTests : ViewQueriesConformance
{
    private readonly InMemoryViewStore _store = new();

    protected override IViewStore Store => _store;

    protected override IViewQueries Queries => _store;
}

public sealed class InMemoryAuditTrailTests : AuditTrailConformance
{
    protected override IAuditTrail Trail { get; } = new InMemoryAuditTrail();
}
