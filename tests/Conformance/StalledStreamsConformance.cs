using EventFunctions.EventSourcing;

namespace EventFunctions.Conformance.Tests;

/// <summary>What everything that remembers stalled streams promises.</summary>
public abstract class StalledStreamsConformance
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly string _projection = $"p-{Guid.NewGuid():N}";

    protected abstract IStalledStreams Stalled { get; }

    protected abstract IStalledStreamList List { get; }

    [Fact]
    public async Task A_stream_that_has_not_stalled_is_not_found()
    {
        Assert.Null(await Stalled.FindAsync(_projection, Stream(1)));
        Assert.False(await Stalled.RemoveAsync(_projection, Stream(1), 9));
        Assert.Equal(0, await List.CountAsync(_projection));
        Assert.Equal((0, null), await FirstPageAsync());
    }

    [Fact]
    public async Task A_failure_is_found_as_it_was_recorded()
    {
        var read = Failure(1, 3) with { FirstSeen = Start.AddTicks(1234567), LastSeen = Start.AddTicks(1234567) };
        var unread = Failure(2, 1) with { Event = new StalledEvent(1, null, null), Error = "ü \"1\"\n漢" };

        Assert.Equal(read, await Stalled.RecordAsync(read));
        Assert.Equal(unread, await Stalled.RecordAsync(unread));

        Assert.Equal(read, await Stalled.FindAsync(_projection, Stream(1)));
        Assert.Equal(unread, await Stalled.FindAsync(_projection, Stream(2)));
    }

    [Fact]
    public async Task The_same_event_failing_again_counts_on_from_when_it_failed_first()
    {
        await Stalled.RecordAsync(Failure(1, 3));
        var again = await Stalled.RecordAsync(Failure(1, 3, Start.AddMinutes(5)) with { Error = "still" });

        Assert.Equal((2, Start, Start.AddMinutes(5), "still"), (again.Attempts, again.FirstSeen, again.LastSeen, again.Error));
        Assert.Equal(again, await Stalled.FindAsync(_projection, Stream(1)));
        Assert.Equal(1, await List.CountAsync(_projection));
    }

    [Fact]
    public async Task Another_event_failing_takes_the_place_of_the_one_before_and_the_stream_has_stalled_since_that_one()
    {
        await Stalled.RecordAsync(Failure(1, 3));

        var later = await Stalled.RecordAsync(Failure(1, 4, Start.AddMinutes(5)));

        Assert.Equal((4, 1, Start, Start.AddMinutes(5)), (later.Event.Version, later.Attempts, later.FirstSeen, later.LastSeen));
        Assert.Equal(later, await Stalled.FindAsync(_projection, Stream(1)));
        Assert.Equal(1, await List.CountAsync(_projection));
    }

    [Fact]
    public async Task Failures_recorded_at_once_are_all_counted()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Stalled.RecordAsync(Failure(1, 3)))));

        Assert.Equal(5, (await Stalled.FindAsync(_projection, Stream(1)))!.Attempts);
    }

    [Fact]
    public async Task Projections_do_not_see_each_others_streams()
    {
        await Stalled.RecordAsync(Failure(1, 3));

        Assert.Null(await Stalled.FindAsync($"{_projection}-2", Stream(1)));
        Assert.False(await Stalled.RemoveAsync($"{_projection}-2", Stream(1), 3));
        Assert.Equal(0, await List.CountAsync($"{_projection}-2"));
        Assert.Equal(1, await List.CountAsync(_projection));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(9, true)]
    public async Task A_stall_is_forgotten_when_its_event_is_applied_and_not_before(long applied, bool isForgotten)
    {
        await Stalled.RecordAsync(Failure(1, 3));

        Assert.Equal(isForgotten, await Stalled.RemoveAsync(_projection, Stream(1), applied));

        Assert.Equal(isForgotten, await Stalled.FindAsync(_projection, Stream(1)) is null);
        Assert.Equal(isForgotten ? 0 : 1, await List.CountAsync(_projection));
    }

    [Fact]
    public async Task A_stall_lasts_until_the_newest_event_that_was_delivered_is_applied()
    {
        await Stalled.RecordAsync(Failure(1, 3) with { Awaited = 7 });
        await Stalled.RecordAsync(Failure(1, 3) with { Awaited = 5 });
        var moved = await Stalled.RecordAsync(Failure(1, 4));

        Assert.Equal((4, 7), (moved.Event.Version, moved.Awaited));
        Assert.Equal(moved, await Stalled.FindAsync(_projection, Stream(1)));
        Assert.False(await Stalled.RemoveAsync(_projection, Stream(1), 6));
        Assert.True(await Stalled.RemoveAsync(_projection, Stream(1), 7));
    }

    [Fact]
    public async Task A_list_begins_with_what_stalled_first_and_goes_on_page_by_page()
    {
        foreach (var i in new[] { 3, 1, 5, 2, 4 })
        {
            await Stalled.RecordAsync(Failure(i, 1, Start.AddTicks(i)));
        }

        var first = await List.ListAsync(_projection, 2);
        var second = await List.ListAsync(_projection, 2, first.Continuation);
        var third = await List.ListAsync(_projection, 2, second.Continuation);

        Assert.Equal(
            Enumerable.Range(1, 5).Select(Stream), new[] { first, second, third }.SelectMany(p => p.Streams).Select(s => s.Stream));
        Assert.Equal((2, 2, 1), (first.Streams.Count, second.Streams.Count, third.Streams.Count));
        Assert.Null(third.Continuation);
    }

    [Fact]
    public async Task A_list_goes_on_where_it_was_though_what_it_listed_is_forgotten_meanwhile()
    {
        foreach (var i in Enumerable.Range(1, 4))
        {
            await Stalled.RecordAsync(Failure(i, 1, Start.AddTicks(i)));
        }

        var first = await List.ListAsync(_projection, 2);
        foreach (var stalled in first.Streams)
        {
            Assert.True(await Stalled.RemoveAsync(_projection, stalled.Stream, 1));
        }

        var second = await List.ListAsync(_projection, 2, first.Continuation);

        Assert.Equal([Stream(3), Stream(4)], second.Streams.Select(s => s.Stream));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(StalledPage.MaxSize + 1)]
    public async Task A_page_has_a_size_within_its_range(int pageSize) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => List.ListAsync(_projection, pageSize));

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("bm90LW91cnM")]
    public async Task A_continuation_that_no_list_returned_is_refused(string continuation) =>
        await Assert.ThrowsAsync<ArgumentException>(() => List.ListAsync(_projection, 2, continuation));

    private static StreamName Stream(int i) => new("wallet", $"a.b_{i}", i % 2 == 0 ? "acme" : null);

    private StalledStream Failure(int stream, long version, DateTimeOffset? at = null) => new(
        _projection, Stream(stream), new StalledEvent(version, "money-added", Guid.NewGuid()), version, "It does not fit.", at ?? Start, at ?? Start, 1);

    private async Task<(int, string?)> FirstPageAsync()
    {
        var page = await List.ListAsync(_projection, 10);
        return (page.Streams.Count, page.Continuation);
    }
}
