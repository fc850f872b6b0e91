using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.Conformance.Tests;

/// <summary>What finding events across streams promises. Every test keeps to events of a correlation of its own, as others share the store.</summary>
public abstract class EventQueriesConformance
{
    private static readonly DateTimeOffset Origin = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly string _correlation = $"correlation ü {Guid.NewGuid():N}";

    protected abstract IEventStore Store { get; }

    protected abstract IEventQueries Queries { get; }

    /// <summary>The same streams as code with other event types writes them.</summary>
    protected abstract IEventStore StoreOf(EventSerializer serializer);

    [Theory]
    [InlineData(TimeOrder.OldestFirst)]
    [InlineData(TimeOrder.NewestFirst)]
    public async Task Nothing_that_fits_is_one_empty_page(TimeOrder order)
    {
        var page = await Queries.QueryAsync(new EventQuery { CorrelationId = _correlation, Order = order }, new EventPageRequest(10));

        Assert.Empty(page.Events);
        Assert.Null(page.Continuation);
    }

    [Fact]
    public async Task Events_are_found_as_they_were_appended_to_the_last_detail()
    {
        var stream = NewStream();
        var opened = In(Envelope(stream, 1, new WalletEvent.Opened("Ånn \u2028 O'Neil", WalletKind.Shared), Origin));
        await AppendAsync(opened);

        Assert.Equal([opened], await AllAsync(new EventQuery { CorrelationId = _correlation }, 10));
    }

    [Fact]
    public void Pages_of_any_size_put_together_are_just_the_events_that_fit_in_the_order_of_time() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>().Filter(script => script.Length > 0),
            Gen.Choose(1, 9).ToArbitrary(),
            (script, size) => HoldsAsync(script, size).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    [Fact]
    public async Task Several_types_a_window_of_time_and_a_correlation_must_all_hold()
    {
        var stream = NewStream();
        await AppendAsync(
            In(Envelope(stream, 1, new WalletEvent.Opened("ann", WalletKind.Personal), Origin)),
            In(Envelope(stream, 2, new WalletEvent.Added(1), Origin.AddMinutes(1))),
            In(Envelope(stream, 3, new WalletEvent.Taken(1), Origin.AddMinutes(2))),
            Envelope(stream, 4, new WalletEvent.Taken(1), Origin.AddMinutes(2)),
            In(Envelope(stream, 5, new WalletEvent.Taken(1), Origin.AddMinutes(3))));
        var query = new EventQuery { CorrelationId = _correlation };

        Assert.Equal([2, 3, 5], await VersionsAsync(query with { Types = ["money-taken", "money-added"] }));
        Assert.Equal([3, 2], await VersionsAsync(
            query with { Types = ["money-taken", "money-added"], To = Origin.AddMinutes(3), Order = TimeOrder.NewestFirst }));
        Assert.Equal([2, 3], await VersionsAsync(query with { From = Origin.AddMinutes(1), To = Origin.AddMinutes(3) }));
        Assert.Equal([3], await VersionsAsync(query with { Types = ["money-taken"], From = Origin.AddTicks(1), To = Origin.AddMinutes(2).AddTicks(1) }));
        Assert.Empty(await VersionsAsync(query with { Types = ["never-heard-of"] }));
        Assert.Empty(await VersionsAsync(query with { CorrelationId = _correlation + "'" }));
    }

    [Fact]
    public async Task A_window_cuts_between_two_ticks_whatever_decimals_the_times_have()
    {
        var stream = NewStream();
        DateTimeOffset[] times = [Origin, Origin.AddTicks(1), Origin.AddTicks(10), Origin.AddMilliseconds(100), Origin.AddSeconds(1)];
        await AppendAsync([.. times.Select((time, i) => In(Envelope(stream, i + 1, new WalletEvent.Added(i), time)))]);

        for (var i = 0; i < times.Length; i++)
        {
            var query = new EventQuery { CorrelationId = _correlation };
            Assert.Equal(Enumerable.Range(i + 1, times.Length - i).Select(v => (long)v), await VersionsAsync(query with { From = times[i] }));
            Assert.Equal(Enumerable.Range(1, i).Select(v => (long)v), await VersionsAsync(query with { To = times[i] }));
        }
    }

    [Fact]
    public async Task What_former_code_appended_is_found_under_the_present_name_in_the_newest_shape()
    {
        var stream = NewStream();
        EventEnvelope[] former =
        [
            In(FormerCode.Envelope(stream, 1, new FormerCode.MoneyPutIn(3))),
            In(FormerCode.Envelope(stream, 2, new FormerCode.MoneyAdded(4))),
        ];
        Assert.IsType<AppendResult.Appended>(
            await StoreOf(FormerCode.Serializer).AppendAsync(new StreamAppend(stream, StreamHead.Absent, former, null, [])));
        await AppendAsync(In(Envelope(stream, 3, new WalletEvent.Taken(1))));

        var found = await AllAsync(new EventQuery { CorrelationId = _correlation, Types = ["money-added"] }, 10);

        Assert.Equal([new WalletEvent.Added(3, "of old"), new WalletEvent.Added(4, "of old")], found.OrderBy(e => e.Version).Select(e => e.Data));
        Assert.All(found, e => Assert.Equal(("money-added", 2), (e.Type, e.SchemaVersion)));
        Assert.Empty(await VersionsAsync(new EventQuery { CorrelationId = _correlation, Types = ["never-heard-of"] }));
    }

    [Fact]
    public async Task A_continuation_of_another_query_is_refused()
    {
        var stream = NewStream();
        await AppendAsync([.. Enumerable.Range(1, 3).Select(v => In(Envelope(stream, v, new WalletEvent.Added(v), Origin)))]);
        var query = new EventQuery { CorrelationId = _correlation };
        var next = new EventPageRequest(1, (await Queries.QueryAsync(query, new EventPageRequest(1))).Continuation);
        Assert.NotNull(next.Continuation);

        await Assert.ThrowsAsync<InvalidContinuationException>(() => Queries.QueryAsync(query with { Order = TimeOrder.NewestFirst }, next));
        await Assert.ThrowsAsync<InvalidContinuationException>(() => Queries.QueryAsync(query with { Types = ["money-added"] }, next));
        await Assert.ThrowsAsync<InvalidContinuationException>(() => Queries.QueryAsync(query, new EventPageRequest(1, "nonsense")));
        await Assert.ThrowsAsync<InvalidContinuationException>(
            () => Queries.QueryAsync(query, new EventPageRequest(1, ContinuationToken.Write(query.Question, "nonsense"))));
        Assert.Single((await Queries.QueryAsync(query, next)).Events);
    }

    [Fact]
    public async Task What_is_appended_between_two_pages_comes_where_its_time_lies_ahead()
    {
        var stream = NewStream();
        await AppendAsync([.. Enumerable.Range(1, 4).Select(v => In(Envelope(stream, v, new WalletEvent.Added(v), Origin.AddMinutes(v))))]);
        var query = new EventQuery { CorrelationId = _correlation };
        var oldest = await Queries.QueryAsync(query, new EventPageRequest(2));
        var newest = await Queries.QueryAsync(query with { Order = TimeOrder.NewestFirst }, new EventPageRequest(2));

        await AppendAsync(In(Envelope(stream, 5, new WalletEvent.Added(5), Origin.AddMinutes(5))));

        Assert.Equal([3, 4, 5], (await AllAsync(query, 2, oldest.Continuation)).Select(e => e.Version));
        Assert.Equal([2, 1], (await AllAsync(query with { Order = TimeOrder.NewestFirst }, 2, newest.Continuation)).Select(e => e.Version));
    }

    [Fact]
    public async Task A_cancelled_query_ends_as_cancelled() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Queries.QueryAsync(new EventQuery(), new EventPageRequest(1), new CancellationToken(canceled: true)));

    /// <summary>Each byte is a stream of as many events as it says, at times that meet those of other streams.</summary>
    private async Task<bool> HoldsAsync(byte[] script, int size)
    {
        var correlation = $"property-{Guid.NewGuid():N}";
        var appended = new List<EventEnvelope>();
        foreach (var (step, index) in script.Take(8).Select((b, i) => (b, i)))
        {
            var stream = NewStream();
            var events = Enumerable.Range(1, 1 + (step % 7))
                .Select(v => In(Envelope(stream, v, v % 2 == 0 ? new WalletEvent.Taken(v) : new WalletEvent.Added(v), Origin.AddSeconds((index % 3) + (v / 2))), correlation))
                .ToList();
            await AppendAsync(events);
            appended.AddRange(events);
        }

        var holds = true;
        foreach (var query in new[]
        {
            new EventQuery { CorrelationId = correlation },
            new EventQuery { CorrelationId = correlation, Order = TimeOrder.NewestFirst },
            new EventQuery { CorrelationId = correlation, Types = ["money-taken"], From = Origin.AddSeconds(1), Order = TimeOrder.NewestFirst },
        })
        {
            var found = await AllAsync(query, size);
            var expected = appended.Where(query.Matches).ToList();
            var times = found.Select(e => e.Time).ToList();
            holds &= found.Count == expected.Count
                && found.Select(e => e.EventId).Order().SequenceEqual(expected.Select(e => e.EventId).Order())
                && times.SequenceEqual(query.Order == TimeOrder.OldestFirst ? times.Order() : times.OrderDescending());
        }

        return holds;
    }

    private EventEnvelope In(EventEnvelope envelope, string? correlation = null) =>
        envelope with { Metadata = envelope.Metadata with { CorrelationId = correlation ?? _correlation } };

    private async Task AppendAsync(params List<EventEnvelope> events)
    {
        var head = await Store.LoadHeadAsync(events[0].Stream);
        Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(new StreamAppend(events[0].Stream, head, events, null, [])));
    }

    private async Task<IEnumerable<long>> VersionsAsync(EventQuery query) => (await AllAsync(query, 2)).Select(e => e.Version);

    private async Task<List<EventEnvelope>> AllAsync(EventQuery query, int size, string? continuation = null)
    {
        var found = new List<EventEnvelope>();
        do
        {
            var page = await Queries.QueryAsync(query, new EventPageRequest(size, continuation));
            Assert.True(page.Events.Count <= size, $"{page.Events.Count} events in a page of {size}");
            found.AddRange(page.Events);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return found;
    }
}
