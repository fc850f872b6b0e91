using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.EventSourcing.Tests.Rebuild;

public sealed class ProjectionGenerationsTests
{
    private static readonly ProjectionGenerations Building = ProjectionGenerations.Initial.Begin(2);

    [Fact]
    public void A_generation_begins_beside_the_one_that_serves_and_follows_the_events()
    {
        Assert.Equal((1, 2, 2, (int?)null), (Building.Serving, Building.Newest, Building.Building!.Value, Building.Previous));
        Assert.Equal([2], Building.Followers);
        Assert.Equal(Building, Building.Begin(2));
        Assert.Throws<InvalidOperationException>(() => ProjectionGenerations.Initial.Begin(3));
    }

    [Fact]
    public void A_switch_keeps_the_generation_before_for_the_way_back()
    {
        var switched = Building.Switch(2);

        Assert.Equal((2, 1, (int?)null), (switched.Serving, switched.Previous!.Value, switched.Building));
        Assert.Equal([1], switched.Followers);
        Assert.Equal((1, 2), (switched.RollBack(2).Serving, Assert.Single(switched.RollBack(2).Retired)));
        Assert.Equal((2, 1), (switched.Finish(2).Serving, Assert.Single(switched.Finish(2).Retired)));
        Assert.Equal(ProjectionGenerations.Initial with { Newest = 2 }, switched.RollBack(2).Purged(2));
    }

    [Fact]
    public void What_an_earlier_rebuild_left_is_retired_by_the_next()
    {
        Assert.Equal([2], Building.Begin(3).Retired);
        Assert.Equal([1], Building.Switch(2).Begin(3).Retired);
        Assert.Equal((2, 3), (Building.Switch(2).Begin(3).Serving, Building.Switch(2).Begin(3).Building!.Value));
    }

    [Fact]
    public void Only_generations_that_follow_have_failures_each_stream_its_first_and_not_too_many()
    {
        var failed = Building.Failed([Failure(1, "a-1"), Failure(2, "a-1", 3), Failure(2, "a-1", 4), Failure(2, "a-2")]);

        Assert.Equal(["a-1", "a-2"], failed.Failures.Select(f => f.Stream));
        Assert.Equal(3, failed.Failures[0].Version);
        Assert.Equal(["a-2"], failed.Mended(2, "a-1").Failures.Select(f => f.Stream));
        var many = failed.Failed([.. Enumerable.Range(0, 200).Select(i => Failure(2, $"b-{i}"))]);
        Assert.Equal((ProjectionGenerations.MaxFailures, 102), (many.Failures.Count, many.FailuresNotKept));
    }

    [Fact]
    public void Every_change_is_the_same_made_twice_and_no_generation_is_ever_in_two_places() => Prop.ForAll<byte[]>(changes =>
    {
        var generations = ProjectionGenerations.Initial;
        foreach (var change in changes)
        {
            var next = Change(generations, change);
            Assert.Equal(next, Change(next, change, generations));
            var places = new[] { (int?)next.Serving, next.Building, next.Previous }.OfType<int>().Concat(next.Retired).ToList();
            Assert.Equal(places.Count, places.Distinct().Count());
            Assert.True(places.Max() <= next.Newest && next.Newest >= generations.Newest);
            generations = next;
        }
    }).QuickCheckThrowOnFailure();

    /// <summary>A change of a generation; made again it names the one that it named first.</summary>
    private static ProjectionGenerations Change(ProjectionGenerations now, byte change, ProjectionGenerations? first = null)
    {
        var named = first ?? now;
        return (change % 6) switch
        {
            0 => now.Begin(named.Newest + 1),
            1 => now.Switch(named.Building ?? 0),
            2 => now.RollBack(named.Serving),
            3 => now.Finish(named.Serving),
            4 => now.Abandon(named.Building ?? 0),
            _ => now.Purged(named.Retired.Count == 0 ? 0 : named.Retired[0]),
        };
    }

    private static GenerationFailure Failure(int generation, string stream, long version = 1) => new(generation, stream, version, "broken", DateTimeOffset.UnixEpoch);
}
