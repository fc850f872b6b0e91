using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Tests.Support;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Projections.Stalls;

/// <summary>A projection that can be poisoned, with everything around it.</summary>
internal sealed class StallWorld
{
    public StallWorld()
    {
        Store = new BreakingEventStore(new InMemoryEventStore(Serializer));
        Activity = new ProjectionActivity(Clock);
        var register = new GenerationRegister(new InMemoryViewStore(), Clock);
        Live = new LiveProjections(
            new ProjectionSet([new StreamProjectionDefinition<WalletView>(Projection, Wallet.Category, Store)]),
            Views,
            new ProjectionSupervision(Stalled, Activity, Clock),
            new GenerationDirectory(register, Clock, TimeSpan.FromSeconds(1)),
            register,
            Clock);
        Retry = new StalledStreamRetry(Live, Store, Stalled, Clock);
    }

    public const string Name = "wallet";

    public PoisonableProjection Projection { get; } = new();

    public BreakingEventStore Store { get; }

    public ObservedViewStore Views { get; } = new();

    public InMemoryStalledStreams Stalled { get; } = new();

    public ManualTimeProvider Clock { get; } = new();

    public ProjectionActivity Activity { get; }

    public LiveProjections Live { get; }

    public StalledStreamRetry Retry { get; }

    public async Task<IReadOnlyList<EventEnvelope>> AppendAsync(StreamName stream, int count)
    {
        var events = Enumerable.Range(1, count).Select(v => Envelope(stream, v, new WalletEvent.Added(v))).ToList();
        Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(new StreamAppend(stream, StreamHead.Absent, events, null, [])));
        return events;
    }

    public Task<ProjectionOutcome> DeliverAsync(EventEnvelope envelope) => Live.HandleAsync(Name, envelope);

    public async Task<VersionedView<WalletView>?> ViewAsync(StreamName stream) =>
        (await Views.Inner.FindAsync<WalletView>(new ViewKey("wallets", stream.Id)))?.Current;

    /// <summary>The versions that the view of a stream was fed with, in that order.</summary>
    public async Task<IReadOnlyList<long>> FedAsync(StreamName stream) => (await ViewAsync(stream))?.View.Versions ?? [];
}
