using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.EventSourcing.Tests.Projections.Health;

public sealed class ProjectionHealthTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly ProjectionHealthLimits Limits = new(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));

    /// <summary>Seconds ago of the last success, the last failure and the oldest waiting event (-1: none), stalled streams, the state.</summary>
    public static TheoryData<int, int, int, int, ProjectionState> States => new()
    {
        { -1, -1, -1, 0, ProjectionState.Active },
        { 86400, -1, -1, 0, ProjectionState.Active },
        { 1, -1, 30, 0, ProjectionState.Active },
        { 1, -1, 31, 0, ProjectionState.Behind },
        { -1, -1, 31, 0, ProjectionState.Behind },
        { 1, 2, 31, 0, ProjectionState.Behind },
        { 2, 1, -1, 0, ProjectionState.Failing },
        { -1, 1, -1, 0, ProjectionState.Failing },
        { 2, 1, 31, 3, ProjectionState.Failing },
        { 1, 2, -1, 0, ProjectionState.Active },
        { 400, 300, 31, 0, ProjectionState.Failing },
        { 400, 301, 31, 0, ProjectionState.Behind },
        { 400, 301, -1, 0, ProjectionState.Active },
        { 1, -1, -1, 1, ProjectionState.Stalled },
        { 1, -1, 31, 1, ProjectionState.Stalled },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void The_state_follows_from_what_was_observed(int handled, int failed, int oldest, int stalled, ProjectionState state) =>
        Assert.Equal(state, ProjectionHealth.Of(Observe(handled, failed, oldest, stalled), Limits, Now).State);

    [Fact]
    public void An_idle_shop_has_no_lag() =>
        Assert.Equal(new ProjectionHealth(ProjectionState.Active, 0, TimeSpan.Zero), ProjectionHealth.Of(Observe(864000, -1, -1, 0), Limits, Now));

    [Fact]
    public void The_lag_is_the_age_of_the_oldest_event_that_waits_and_never_negative()
    {
        Assert.Equal(TimeSpan.FromSeconds(12), ProjectionHealth.Of(Observe(1, -1, 12, 0), Limits, Now).Lag);
        Assert.Equal(TimeSpan.Zero, ProjectionHealth.Of(Observe(1, -1, 12, 0), Limits, Now.AddMinutes(-1)).Lag);
    }

    [Fact]
    public void Whatever_instances_have_seen_merges_to_the_same_in_any_order_and_however_often() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            var seen = bytes.Select(b => Progress(b)).ToList();
            var once = seen.Aggregate(ProjectionProgress.None, (a, b) => a.Merge(b));
            var twiceBackwards = seen.Concat(seen).Reverse().Aggregate(ProjectionProgress.None, (a, b) => b.Merge(a));
            var inHalves = seen.Take(seen.Count / 2).Aggregate(ProjectionProgress.None, (a, b) => a.Merge(b))
                .Merge(seen.Skip(seen.Count / 2).Aggregate(ProjectionProgress.None, (a, b) => a.Merge(b)));
            return once == twiceBackwards && once == inHalves;
        }).QuickCheckThrowOnFailure();

    private static ProjectionProgress Progress(byte b) => new(
        (b & 1) == 0 ? null : new ProjectionPosition(Now.AddSeconds(b >> 6), $"wallet-{(b >> 4) & 3}", (b >> 2) & 3),
        (b & 2) == 0 ? null : Now.AddSeconds((b >> 3) & 7),
        (b & 4) == 0 ? null : new ProjectionFailure(Now.AddSeconds((b >> 5) & 3), $"error {b >> 6}"));

    private static ProjectionObservation Observe(int handled, int failed, int oldest, int stalled) => new(
        new ProjectionProgress(null, Ago(handled), Ago(failed) is { } at ? new ProjectionFailure(at, "away") : null),
        Ago(oldest) is { } time ? new EventBacklog(1, time) : EventBacklog.None,
        stalled);

    private static DateTimeOffset? Ago(int seconds) => seconds < 0 ? null : Now.AddSeconds(-seconds);
}
