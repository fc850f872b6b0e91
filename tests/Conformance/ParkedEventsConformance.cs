using EventFunctions.EventSourcing;

namespace EventFunctions.Conformance.Tests;

/// <summary>What everything that remembers parked events promises.</summary>
public abstract class ParkedEventsConformance
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly string _stream = $"wallet-{Guid.NewGuid():N}";

    protected abstract IParkedEvents Parked { get; }

    protected abstract IParkedEventList List { get; }

    [Fact]
    public async Task An_event_that_is_not_parked_is_not_found()
    {
        Assert.Null(await List.FindAsync(Source(1)));
        Assert.Empty(await List.UpToAsync(Source(1)));
        Assert.Null(await Parked.DiscardAsync(Source(1), Decision("no")));
        await Parked.RemoveAsync(Source(1));
    }

    [Fact]
    public async Task An_event_is_found_as_it_was_parked()
    {
        var parked = Event(1) with { Reason = "ü \"1\"\n漢", ParkedAt = Start.AddTicks(1234567) };

        await Parked.ParkAsync(parked);

        Assert.Equal(parked, await List.FindAsync(Source(1)));
        Assert.Equal([parked], await List.UpToAsync(Source(1)));
    }

    [Fact]
    public async Task Parking_again_replaces_the_reason_and_not_the_time()
    {
        await Parked.ParkAsync(Event(1));

        await Parked.ParkAsync(new ParkedEvent(Source(1), "too-large", "It has grown.", Start.AddDays(1)));

        Assert.Equal(new ParkedEvent(Source(1), "too-large", "It has grown.", Start), await List.FindAsync(Source(1)));
        Assert.Single(await List.UpToAsync(Source(1)));
    }

    [Fact]
    public async Task An_event_that_tells_neither_stream_nor_id_is_parked_all_the_same()
    {
        var reason = Guid.NewGuid().ToString();
        await Parked.ParkAsync(new ParkedEvent(new DocumentReference(string.Empty, string.Empty), "unreadable", reason, Start));

        var found = await List.FindAsync(new DocumentReference("unidentified", "unidentified"));

        Assert.Equal((new DocumentReference("unidentified", "unidentified"), reason), (found!.Source, found.Reason));
        Assert.Equal(found, await List.FindAsync(new DocumentReference(string.Empty, string.Empty)));
        await Parked.RemoveAsync(found.Source);
        Assert.Null(await List.FindAsync(found.Source));
    }

    [Fact]
    public async Task A_published_event_is_forgotten()
    {
        await Parked.ParkAsync(Event(1));
        await Parked.ParkAsync(Event(2));

        await Parked.RemoveAsync(Source(1));
        await Parked.RemoveAsync(Source(1));

        Assert.Null(await List.FindAsync(Source(1)));
        Assert.Equal([Event(2)], await List.UpToAsync(Source(2)));
    }

    [Fact]
    public async Task A_discarded_event_keeps_who_decided_so_first_and_no_longer_waits()
    {
        await Parked.ParkAsync(Event(1));
        var discarded = Event(1) with { Discarded = Decision("never") };

        Assert.Equal(discarded, await Parked.DiscardAsync(Source(1), Decision("never")));
        Assert.Equal(discarded, await Parked.DiscardAsync(Source(1), Decision("again")));

        Assert.Equal(discarded, await List.FindAsync(Source(1)));
        Assert.Empty(await List.UpToAsync(Source(1)));
        Assert.DoesNotContain(await AllAsync(), p => p.Source == Source(1));
    }

    [Fact]
    public async Task A_discarded_event_stays_so_when_the_feed_hands_it_out_again_or_it_is_published()
    {
        await Parked.ParkAsync(Event(1));
        await Parked.DiscardAsync(Source(1), Decision("never"));

        await Parked.ParkAsync(Event(1) with { Reason = "again" });
        await Parked.RemoveAsync(Source(1));

        Assert.Equal(Event(1) with { Discarded = Decision("never") }, await List.FindAsync(Source(1)));
    }

    [Fact]
    public async Task The_events_of_a_stream_wait_in_its_order()
    {
        foreach (var version in new[] { 10, 2, 1, 3 })
        {
            await Parked.ParkAsync(Event(version));
        }

        await Parked.ParkAsync(Event(1) with { Source = new DocumentReference($"{_stream}x", Source(1).Id) });

        Assert.Equal([Event(1), Event(2), Event(3)], await List.UpToAsync(Source(3)));
        Assert.Equal([Event(1), Event(2), Event(3), Event(10)], await List.UpToAsync(Source(10)));
    }

    [Fact]
    public async Task A_list_begins_with_what_was_parked_first_and_has_every_stream()
    {
        var streams = Enumerable.Range(1, 5).Select(i => new DocumentReference($"{_stream}{i}", EventDocument.IdOf(1))).ToList();
        foreach (var i in new[] { 3, 1, 5, 2, 4 })
        {
            await Parked.ParkAsync(new ParkedEvent(streams[i - 1], "unreadable", "It cannot be read.", Start.AddTicks(i)));
        }

        var listed = (await AllAsync(pageSize: 2)).Select(p => p.Source).Where(streams.Contains).ToList();

        Assert.Equal(streams, listed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ParkedPage.MaxSize + 1)]
    public async Task A_page_has_a_size_within_its_range(int pageSize) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => List.ListAsync(pageSize));

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("bm90LW91cnM")]
    public async Task A_continuation_that_no_list_returned_is_refused(string continuation) =>
        await Assert.ThrowsAsync<ArgumentException>(() => List.ListAsync(2, continuation));

    private static Discard Decision(string reason) => new(reason, Start.AddHours(1), "someone", "127.0.0.1", "correlation-1");

    private DocumentReference Source(int version) => new(_stream, EventDocument.IdOf(version));

    private ParkedEvent Event(int version) => new(Source(version), "unreadable", "It cannot be read.", Start);

    private async Task<IReadOnlyList<ParkedEvent>> AllAsync(int pageSize = 100)
    {
        var all = new List<ParkedEvent>();
        string? continuation = null;
        do
        {
            var page = await List.ListAsync(pageSize, continuation);
            Assert.True(page.Events.Count <= pageSize);
            all.AddRange(page.Events);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return all;
    }
}
