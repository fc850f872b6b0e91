using System.Text.Json;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.Conformance.Tests;

/// <summary>What every event store promises.</summary>
public abstract class EventStoreConformance
{
    private readonly StreamName _stream = NewStream();

    protected abstract IEventStore Store { get; }

    protected abstract IEventLookup Lookup { get; }

    /// <summary>The same streams as code with other event types writes and reads them.</summary>
    protected abstract IEventStore StoreOf(EventSerializer serializer);

    [Fact]
    public async Task An_absent_stream_has_the_absent_head_and_no_events()
    {
        Assert.Equal(StreamHead.Absent, await Store.LoadHeadAsync(_stream));
        Assert.Empty(await Store.EventsAsync(_stream));
    }

    [Fact]
    public async Task What_is_appended_is_read_back_to_the_last_detail()
    {
        var metadata = new EventMetadata(
            Guid.NewGuid(), "correlation-ü", "causation", "acme", "user \"x\"", "::1", "agent/1", "00-trace", "state=1", "http");
        var opened = Envelope(_stream, 1, new WalletEvent.Opened("Ånn \u2028 O'Neil", WalletKind.Shared)) with { Metadata = metadata };
        var added = Envelope(_stream, 2, new WalletEvent.Added(int.MinValue, "note"));

        await AppendAsync(StreamHead.Absent, opened, added);

        Assert.Equal([opened, added], await Store.EventsAsync(_stream));
    }

    [Fact]
    public async Task The_head_is_loaded_as_it_was_appended()
    {
        var commands = new[] { new HandledCommand(Guid.NewGuid(), 1, "a fingerprint, ü "), new HandledCommand(Guid.NewGuid(), 2) };
        var snapshot = new StateSnapshot(7, 2, RawJson.Of(JsonDocument.Parse("""{"balance":12,"nested":{"list":[1,null,"é \"\u2028"]}}""").RootElement));
        var events = Added(1, 2);

        var appended = Assert.IsType<AppendResult.Appended>(
            await Store.AppendAsync(new StreamAppend(_stream, StreamHead.Absent, events, snapshot, commands)));

        var head = await Store.LoadHeadAsync(_stream);
        Assert.Equal((2, appended.Token, events[1].Time), (head.Version, head.Token, head.Time));
        Assert.Equal(commands, head.Commands);
        Assert.Equal((7, 2L), (head.Snapshot!.Schema, head.Snapshot.Version));
        Assert.True(JsonElement.DeepEquals(snapshot.State.To<JsonElement>(), head.Snapshot.State.To<JsonElement>()));
    }

    [Fact]
    public async Task An_append_continues_where_the_loaded_head_stands()
    {
        var first = await AppendAsync(StreamHead.Absent, Added(1, 2));
        var second = await AppendAsync(await Store.LoadHeadAsync(_stream), Added(3, 1));

        Assert.NotEqual(first.Token, second.Token);
        Assert.Equal(3, (await Store.LoadHeadAsync(_stream)).Version);
        Assert.Equal([1, 2, 3], (await Store.EventsAsync(_stream)).Select(e => e.Version));
    }

    [Fact]
    public async Task An_append_may_drop_the_snapshot()
    {
        var snapshot = new StateSnapshot(1, 1, RawJson.Of(JsonDocument.Parse("{}").RootElement));
        await Store.AppendAsync(new StreamAppend(_stream, StreamHead.Absent, Added(1, 1), snapshot, []));

        await AppendAsync(await Store.LoadHeadAsync(_stream), Added(2, 1));

        Assert.Null((await Store.LoadHeadAsync(_stream)).Snapshot);
    }

    [Fact]
    public async Task A_stream_that_exists_cannot_be_begun_again()
    {
        await AppendAsync(StreamHead.Absent, Added(1, 1));
        await ConflictsAsync(StreamHead.Absent, Added(1, 1));
    }

    [Fact]
    public async Task An_append_on_a_head_that_has_moved_on_is_a_conflict_and_writes_nothing()
    {
        await AppendAsync(StreamHead.Absent, Added(1, 1));
        var stale = await Store.LoadHeadAsync(_stream);
        await AppendAsync(stale, Added(2, 1));

        await ConflictsAsync(stale, Added(2, 2));
    }

    [Fact]
    public async Task An_append_on_a_head_of_a_stream_that_is_not_there_is_a_conflict_and_writes_nothing()
    {
        var other = NewStream();
        await Store.AppendAsync(new StreamAppend(other, StreamHead.Absent, [Envelope(other, 1, new WalletEvent.Added(1))], null, []));
        var loaded = await Store.LoadHeadAsync(other);

        await ConflictsAsync(loaded, Added(2, 1));
    }

    [Fact]
    public async Task Of_several_appends_on_one_head_just_one_is_written()
    {
        await AppendAsync(StreamHead.Absent, Added(1, 1));
        var head = await Store.LoadHeadAsync(_stream);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => Store.AppendAsync(new StreamAppend(_stream, head, Added(2, 2), null, [])))));

        var winner = Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.Equal(7, results.OfType<AppendResult.Conflict>().Count());
        Assert.Equal((3, winner.Token), ((await Store.LoadHeadAsync(_stream)).Version, (await Store.LoadHeadAsync(_stream)).Token));
        Assert.Equal([1, 2, 3], (await Store.EventsAsync(_stream)).Select(e => e.Version));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(4, 0)]
    [InlineData(1000, 0)]
    public async Task Reading_begins_at_a_version(long from, int count)
    {
        await AppendAsync(StreamHead.Absent, Added(1, 3));

        Assert.Equal(Enumerable.Range((int)from, count).Select(v => (long)v), (await Store.EventsAsync(_stream, from)).Select(e => e.Version));
    }

    [Fact]
    public void Reading_begins_at_version_1_at_the_earliest() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = Store.ReadAsync(_stream, 0); });

    [Fact]
    public async Task A_long_stream_is_read_in_order_without_gaps()
    {
        const int BatchLength = 99;
        const int Batches = 6;
        for (var i = 0; i < Batches; i++)
        {
            await AppendAsync(await Store.LoadHeadAsync(_stream), Added((i * BatchLength) + 1, BatchLength));
        }

        Assert.Equal(
            Enumerable.Range(1, Batches * BatchLength).Select(v => (long)v), (await Store.EventsAsync(_stream)).Select(e => e.Version));
    }

    [Fact]
    public async Task Readers_at_the_same_time_do_not_disturb_each_other()
    {
        const int Length = 20;
        await AppendAsync(StreamHead.Absent, Added(1, Length));

        var read = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => Store.EventsAsync(_stream, (i % Length) + 1))));

        Assert.All(
            read.Select((events, i) => (Events: events, From: (i % Length) + 1)),
            r => Assert.Equal(Enumerable.Range(r.From, Length - r.From + 1).Select(v => (long)v), r.Events.Select(e => e.Version)));
    }

    [Fact]
    public async Task Reading_can_stop_before_the_end()
    {
        await AppendAsync(StreamHead.Absent, Added(1, 3));
        var seen = new List<long>();
        await foreach (var envelope in Store.ReadAsync(_stream, 1))
        {
            seen.Add(envelope.Version);
            if (seen.Count == 2)
            {
                break;
            }
        }

        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public async Task An_event_is_found_by_its_version_just_as_it_is_read()
    {
        await AppendAsync(StreamHead.Absent, Added(1, 3));

        var found = await Task.WhenAll(Enumerable.Range(1, 3).Select(version => Lookup.FindAsync(_stream, version)));

        Assert.Equal<EventEnvelope?>(await Store.EventsAsync(_stream), found);
    }

    [Fact]
    public async Task An_event_of_a_version_to_come_or_of_an_absent_stream_is_not_found()
    {
        Assert.Null(await Lookup.FindAsync(_stream, 1));
        await AppendAsync(StreamHead.Absent, Added(1, 3));

        Assert.Null(await Lookup.FindAsync(_stream, 4));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Lookup.FindAsync(_stream, 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Lookup.FindAsync(_stream, EventDocument.MaxVersion + 1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Lookup.FindAsync(_stream, 1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task What_former_code_appended_is_read_and_found_in_the_newest_version_and_under_the_present_name()
    {
        await StoreOf(FormerCode.Serializer).AppendAsync(new StreamAppend(
            _stream,
            StreamHead.Absent,
            [FormerCode.Envelope(_stream, 1, new FormerCode.MoneyPutIn(3)), FormerCode.Envelope(_stream, 2, new FormerCode.MoneyAdded(4))],
            null,
            []));
        await AppendAsync(await Store.LoadHeadAsync(_stream), Added(3, 1));

        var read = await Store.EventsAsync(_stream);

        Assert.Equal([new WalletEvent.Added(3, "of old"), new WalletEvent.Added(4, "of old"), Added(3, 1)[0].Data], read.Select(e => e.Data));
        Assert.All(read, e => Assert.Equal(("money-added", 2), (e.Type, e.SchemaVersion)));
        Assert.Equal<EventEnvelope?>(read, await Task.WhenAll(Enumerable.Range(1, 3).Select(version => Lookup.FindAsync(_stream, version))));
    }

    [Fact]
    public async Task Former_code_refuses_what_newer_code_appended()
    {
        await AppendAsync(StreamHead.Absent, Added(1, 1));

        var exception = await Assert.ThrowsAsync<UnknownEventTypeException>(() => StoreOf(FormerCode.Serializer).EventsAsync(_stream));

        Assert.Equal(("money-added", 2), (exception.Name, exception.SchemaVersion));
    }

    [Fact]
    public async Task Streams_do_not_see_each_other_nor_do_tenants()
    {
        var tenants = new StreamName(_stream.Category, _stream.Id, "acme");
        await AppendAsync(StreamHead.Absent, Added(1, 2));
        await Store.AppendAsync(new StreamAppend(tenants, StreamHead.Absent, [Envelope(tenants, 1, new WalletEvent.Taken(9))], null, []));

        Assert.Equal(2, (await Store.LoadHeadAsync(_stream)).Version);
        Assert.Equal(1, (await Store.LoadHeadAsync(tenants)).Version);
        Assert.Equal(new WalletEvent.Taken(9), Assert.Single(await Store.EventsAsync(tenants)).Data);
        Assert.Equal(2, (await Store.EventsAsync(_stream)).Count);
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.LoadHeadAsync(_stream, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.AppendAsync(new StreamAppend(_stream, StreamHead.Absent, Added(1, 1), null, []), cancelled));
        Assert.Equal(StreamHead.Absent, await Store.LoadHeadAsync(_stream));
    }

    private EventEnvelope[] Added(long from, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Envelope(_stream, from + i, new WalletEvent.Added((int)from + i)))];

    private async Task<AppendResult.Appended> AppendAsync(StreamHead head, params IReadOnlyList<EventEnvelope> events) =>
        Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(new StreamAppend(_stream, head, events, null, [])));

    private async Task ConflictsAsync(StreamHead head, params IReadOnlyList<EventEnvelope> events)
    {
        var headBefore = await Store.LoadHeadAsync(_stream);
        var eventsBefore = await Store.EventsAsync(_stream);

        Assert.IsType<AppendResult.Conflict>(await Store.AppendAsync(new StreamAppend(_stream, head, events, null, [])));

        var headAfter = await Store.LoadHeadAsync(_stream);
        Assert.Equal((headBefore.Version, headBefore.Token), (headAfter.Version, headAfter.Token));
        Assert.Equal(eventsBefore, await Store.EventsAsync(_stream));
    }
}
