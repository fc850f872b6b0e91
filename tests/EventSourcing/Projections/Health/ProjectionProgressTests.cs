using EventFunctions.EventSourcing.Tests.Projections.Stalls;
using EventFunctions.EventSourcing.Tests.Sample;
using Moq;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Projections.Health;

public sealed class ProjectionProgressTests
{
    private readonly StallWorld _world = new();
    private readonly StreamName _stream = NewStream();

    [Fact]
    public async Task The_position_is_the_newest_event_that_was_handled_whether_applied_stalled_or_seen_before()
    {
        var events = await _world.AppendAsync(_stream, 4);
        _world.Projection.IsPoison = e => e.Version == 3;
        await _world.DeliverAsync(events[1]);
        Assert.Equal(ProjectionPosition.Of(events[1]), Seen.Position);

        await _world.DeliverAsync(events[0]);
        Assert.Equal(ProjectionPosition.Of(events[1]), Seen.Position);

        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ProjectionOutcome.Stalled, await _world.DeliverAsync(events[3]));
        Assert.Equal(new ProjectionProgress(ProjectionPosition.Of(events[3]), _world.Clock.GetUtcNow(), null), Seen);
    }

    [Fact]
    public async Task A_failure_is_noted_and_the_position_stays()
    {
        var events = await _world.AppendAsync(_stream, 2);
        await _world.DeliverAsync(events[0]);
        var before = Seen;
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        _world.Views.BeforeSave = () => throw new StoreUnavailableException("away");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _world.DeliverAsync(events[1]));

        Assert.Equal(before with { Failure = new ProjectionFailure(_world.Clock.GetUtcNow(), "away") }, Seen);
    }

    [Fact]
    public async Task Instances_keep_their_progress_in_one_place_and_the_newest_is_what_counts()
    {
        var log = new ProjectionProgressLog(_world.Views);
        Assert.Equal(ProjectionProgress.None, await log.ReadAsync("wallet"));

        var all = Enumerable.Range(1, 8).Select(i => ProjectionProgress.None.Handled(Envelope(_stream, i, new WalletEvent.Added(1)), _world.Clock.GetUtcNow().AddSeconds(i))).ToList();
        await Task.WhenAll(all.Select(seen => Task.Run(() => log.MergeAsync("wallet", seen))));

        Assert.Equal(all[^1], await log.ReadAsync("wallet"));
        Assert.Equal(ProjectionProgress.None, await log.ReadAsync("other"));
    }

    [Fact]
    public async Task What_is_older_than_what_is_kept_writes_nothing()
    {
        var log = new ProjectionProgressLog(_world.Views);
        var old = ProjectionProgress.None.Handled(Envelope(_stream, 1, new WalletEvent.Added(1)), _world.Clock.GetUtcNow());
        await log.MergeAsync("wallet", old.Handled(Envelope(_stream, 2, new WalletEvent.Added(1)), _world.Clock.GetUtcNow()));
        _world.Views.TakeCounts();

        await log.MergeAsync("wallet", old);

        Assert.Equal((1, 0), _world.Views.TakeCounts());
    }

    [Fact]
    public async Task Progress_that_others_change_again_and_again_is_not_dropped_in_silence()
    {
        var views = new Mock<IViewStore>();
        var seen = ProjectionProgress.None.Failed("away", _world.Clock.GetUtcNow());

        await Assert.ThrowsAsync<ProjectionProgressContendedException>(() => new ProjectionProgressLog(views.Object).MergeAsync("wallet", seen));
    }

    private ProjectionProgress Seen => _world.Activity.Of(StallWorld.Name);
}
