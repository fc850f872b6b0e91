using EventFunctions.EventSourcing.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.EventSourcing.Testing.Tests;

public sealed class ProjectionSpecificationTests
{
    private static readonly StreamName Stream = new(Wallet.Category, "1");

    private static readonly GivenStream<WalletView> Given =
        new ProjectionSpecification<WalletView>(new WalletProjection(), WalletFixtures.Registry).Given(
            Stream, new WalletEvent.Opened("ann", WalletKind.Personal), new WalletEvent.Added(10), new WalletEvent.Taken(4));

    private static readonly WalletView Whole = new("1", 6, [1, 2, 3]);

    [Fact]
    public async Task A_view_follows_the_events_that_arrive()
    {
        await Given.WhenAllArrive().ThenAsync(Whole);
        await Given.WhenArrive(1, 2).ThenAsync(new WalletView("1", 10, [1, 2]));
        await Given.WhenArrive().ThenNoViewAsync();
    }

    [Fact]
    public async Task What_did_not_arrive_is_read_from_the_store_and_what_arrives_late_is_ignored() =>
        await Given.WhenArrive(3, 1, 2, 3).ThenAsync(Whole);

    [Fact]
    public void A_view_is_the_same_in_any_order_and_number_of_arrivals() => Prop.ForAll(
        Gen.Choose(1, 4).SelectMany(copies => Gen.Choose(0, 10_000).Select(seed => (copies, seed))).ToArbitrary(),
        arrivals => Given.WhenAllArriveShuffled(arrivals.copies, arrivals.seed).ThenAsync(Whole).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    [Fact]
    public async Task The_times_of_a_view_are_those_of_its_first_and_newest_event()
    {
        var view = await Given.WhenAllArrive().ViewAsync();

        Assert.Equal((Given.History[0].Time, Given.History[2].Time, 3L), (view.Since, view.AsOf, view.Version));
    }

    [Fact]
    public Task Another_view_than_specified_fails_with_the_difference() => Fails.WithAsync(
        () => Given.WhenAllArrive().ThenAsync(Whole with { Balance = 7 }), "The view", "-   \"balance\": 7", "+   \"balance\": 6");

    [Fact]
    public async Task No_view_where_one_is_specified_fails_and_so_does_the_reverse()
    {
        await Fails.WithAsync(() => Given.WhenArrive().ViewAsync(), "'wallet' made no view");
        await Fails.WithAsync(() => Given.WhenArrive(1).ThenNoViewAsync(), "- nothing", "+ WalletView {");
    }

    [Fact]
    public async Task A_projection_that_forgets_an_event_fails()
    {
        var forgetful = new ProjectionSpecification<WalletView>(new Forgetful(), WalletFixtures.Registry).Given(
            Stream, new WalletEvent.Added(10), new WalletEvent.Taken(4));

        await Fails.WithAsync(() => forgetful.WhenAllArrive().ThenAsync(new WalletView("1", 6, [1, 2])), "-   \"balance\": 6", "+   \"balance\": 10");
    }

    [Fact]
    public void A_version_the_stream_does_not_have_is_a_mistake_of_the_test()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Given.WhenArrive(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Given.WhenArrive(0));
    }

    [Fact]
    public void Every_copy_of_every_message_is_delivered_and_a_seed_repeats_itself()
    {
        string[] messages = ["a", "b", "c", "d"];

        var deliveries = Deliveries.Shuffled(messages, 3, new Random(5));

        Assert.Equal(12, deliveries.Count);
        Assert.All(messages, m => Assert.Equal(3, deliveries.Count(d => d == m)));
        Assert.Equal(deliveries, Deliveries.Shuffled(messages, 3, new Random(5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Deliveries.Shuffled(messages, 0, new Random(5)));
    }

    private sealed class Forgetful : IProjection<WalletView>
    {
        private readonly WalletProjection _inner = new();

        public string Name => _inner.Name;

        public ViewKey KeyOf(EventEnvelope envelope) => _inner.KeyOf(envelope);

        public WalletView Apply(WalletView? view, EventEnvelope envelope) =>
            envelope.Data is WalletEvent.Taken && view is not null
                ? view with { Versions = [.. view.Versions, envelope.Version] }
                : _inner.Apply(view, envelope);
    }
}
