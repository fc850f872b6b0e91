using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.Conformance.Tests;

/// <summary>What every event feed promises. Stores are shared between tests, so each looks at its own category.</summary>
public abstract class EventFeedConformance
{
    private readonly string _category = $"wallet{Guid.NewGuid():N}";

    protected abstract IEventStore Store { get; }

    protected abstract IEventFeed Feed { get; }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task All_ranges_together_have_every_event_once_and_each_stream_in_order(int pageSize)
    {
        var appended = await AppendAsync(streams: 12, appends: 3, each: 2);

        var read = (await DrainAsync(pageSize)).Events;

        Assert.Equal(72, read.Count);
        Assert.Equal(appended.Select(e => e.EventId).Order(), read.Select(e => e.EventId).Order());
        Assert.All(read.GroupBy(e => e.Stream), s => Assert.Equal([1, 2, 3, 4, 5, 6], s.Select(e => e.Version)));
        Assert.All(read, e => Assert.Equal(appended.Single(a => a.EventId == e.EventId), e));
    }

    [Fact]
    public async Task There_are_several_ranges_and_a_stream_is_in_one_of_them()
    {
        await AppendAsync(streams: 40, appends: 2, each: 1);
        var byRange = new List<HashSet<string>>();
        foreach (var range in await Feed.ListRangesAsync())
        {
            byRange.Add([.. (await ReadAllAsync(range, null, 50)).Events.Select(e => e.Stream.Value)]);
        }

        Assert.True(byRange.Count(r => r.Count > 0) > 1, "the streams are in several ranges");
        Assert.Equal(40, byRange.Sum(r => r.Count));
        Assert.Equal(40, byRange.SelectMany(r => r).Distinct().Count());
    }

    [Fact]
    public async Task Events_of_other_categories_are_passed_over()
    {
        await AppendAsync(streams: 3, appends: 1, each: 2);
        var stream = new StreamName($"{_category}x", "1");
        await AppendAsync(stream, 1, 2);

        Assert.Equal(6, (await DrainAsync(5)).Events.Count);
        Assert.Empty((await DrainAsync(5, "nobody")).Events);
    }

    [Fact]
    public async Task A_continuation_reads_on_where_the_page_ended_also_with_what_came_after()
    {
        await AppendAsync(streams: 5, appends: 1, each: 2);
        var first = await DrainAsync(3);
        var again = await DrainAsync(3, from: first.Continuations);
        Assert.Empty(again.Events);

        var stream = new StreamName(_category, "late");
        var late = await AppendAsync(stream, 1, 3);
        var rest = await DrainAsync(3, from: again.Continuations);

        Assert.Equal(late.Select(e => e.EventId), rest.Events.Select(e => e.EventId));
    }

    [Fact]
    public async Task Being_caught_up_is_told_only_when_there_is_nothing_more()
    {
        await AppendAsync(streams: 6, appends: 2, each: 2);
        var count = 0;
        foreach (var range in await Feed.ListRangesAsync())
        {
            string? continuation = null;
            EventFeedPage page;
            do
            {
                page = await Feed.ReadAsync(Request(range, continuation, 2));
                continuation = page.Continuation;
                count += page.Events.Count;
            }
            while (!page.IsCaughtUp);
        }

        Assert.Equal(24, count);
    }

    [Fact]
    public async Task A_range_or_continuation_of_elsewhere_and_a_page_of_nothing_are_refused()
    {
        var range = (await Feed.ListRangesAsync())[0];

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Feed.ReadAsync(Request("elsewhere", null, 1)));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Feed.ReadAsync(Request(range, "elsewhere", 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Request(range, null, 0));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        var cancelled = new CancellationToken(canceled: true);
        var range = (await Feed.ListRangesAsync())[0];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Feed.ReadAsync(Request(range, null, 1), cancelled));
    }

    private EventFeedRequest Request(string range, string? continuation, int maxEvents, string? category = null) =>
        new(range, continuation, maxEvents, new HashSet<string> { category ?? _category });

    private async Task<(List<EventEnvelope> Events, Dictionary<string, string> Continuations)> DrainAsync(
        int pageSize, string? category = null, Dictionary<string, string>? from = null)
    {
        var events = new List<EventEnvelope>();
        var continuations = new Dictionary<string, string>();
        foreach (var range in await Feed.ListRangesAsync())
        {
            var (read, continuation) = await ReadAllAsync(range, from?[range], pageSize, category);
            events.AddRange(read);
            continuations[range] = continuation;
        }

        return (events, continuations);
    }

    private async Task<(List<EventEnvelope> Events, string Continuation)> ReadAllAsync(
        string range, string? continuation, int pageSize, string? category = null)
    {
        var events = new List<EventEnvelope>();
        while (true)
        {
            var page = await Feed.ReadAsync(Request(range, continuation, pageSize, category));
            Assert.Empty(page.Unreadable);
            events.AddRange(page.Events);
            continuation = page.Continuation;
            if (page.IsCaughtUp)
            {
                return (events, continuation);
            }
        }
    }

    private async Task<List<EventEnvelope>> AppendAsync(int streams, int appends, int each)
    {
        var appended = new List<EventEnvelope>();
        for (var i = 0; i < appends; i++)
        {
            foreach (var id in Enumerable.Range(0, streams))
            {
                appended.AddRange(await AppendAsync(new StreamName(_category, $"{id}"), (i * each) + 1, each));
            }
        }

        return appended;
    }

    private async Task<List<EventEnvelope>> AppendAsync(StreamName stream, long from, int count)
    {
        var events = Enumerable.Range(0, count).Select(i => Envelope(stream, from + i, new WalletEvent.Added(i))).ToList();
        var head = await Store.LoadHeadAsync(stream);
        Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(new StreamAppend(stream, head, events, null, [])));
        return events;
    }
}
