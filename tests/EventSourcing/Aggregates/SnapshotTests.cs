using System.Text.Json;
using EventFunctions.EventSourcing.Tests.Sample;
using Moq;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Aggregates;

public sealed class SnapshotTests
{
    private readonly InMemoryEventStore _inner = new(Serializer);
    private readonly ObservedEventStore _store;
    private readonly StreamName _stream = NewStream();

    public SnapshotTests() => _store = new ObservedEventStore(_inner);

    [Fact]
    public async Task With_a_snapshot_loading_reads_no_events()
    {
        await Repository(_store).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 5, 7));

        var loaded = await Repository(_store).LoadAsync(_stream);

        Assert.Equal(new Loaded<Wallet>(new Wallet(null, 12, 2), 2), loaded);
        Assert.Equal((2, 1, 0), (_store.Loads, _store.Appends, _store.Reads));
    }

    [Fact]
    public async Task Every_append_leaves_the_snapshot_of_its_own_version()
    {
        await Repository(_store).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 5, 7));

        var snapshot = (await _inner.LoadHeadAsync(_stream)).Snapshot;

        Assert.NotNull(snapshot);
        Assert.Equal((Wallet.StateSchema, 2L), (snapshot.Schema, snapshot.Version));
        Assert.Equal("""{"balance":12,"movements":2}""", snapshot.State.ToString());
    }

    [Fact]
    public async Task Without_a_snapshot_the_state_is_rebuilt_from_events()
    {
        await AppendAsync(null, 5, 7);

        Assert.Equal(new Loaded<Wallet>(new Wallet(null, 12, 2), 2), await Repository(_store).LoadAsync(_stream));
        Assert.Equal(1, _store.Reads);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_snapshot_of_another_schema_is_ignored_and_the_state_rebuilt(int schema)
    {
        await AppendAsync(new StateSnapshot(schema, 2, Json("""{"balance":999,"movements":999}""")), 5, 7);

        Assert.Equal(new Wallet(null, 12, 2), (await Repository(_store).LoadAsync(_stream)).State);
        Assert.Equal(1, _store.Reads);
    }

    [Theory]
    [InlineData("""{"balance":"lots","movements":1}""")]
    [InlineData("""{"movements":2}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task A_snapshot_that_does_not_fit_its_schema_is_rebuilt_from_events(string json)
    {
        await AppendAsync(new StateSnapshot(Wallet.StateSchema, 2, Json(json)), 5, 7);

        Assert.Equal(new Wallet(null, 12, 2), (await Repository(_store).LoadAsync(_stream)).State);
    }

    [Fact]
    public async Task A_rebuilt_state_is_snapshotted_by_the_next_append()
    {
        await AppendAsync(new StateSnapshot(Wallet.StateSchema - 1, 2, Json("{}")), 5, 7);
        await Repository(_store).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));
        var readsBefore = _store.Reads;

        Assert.Equal(new Loaded<Wallet>(new Wallet(null, 13, 3), 3), await Repository(_store).LoadAsync(_stream));
        Assert.Equal(readsBefore, _store.Reads);
    }

    [Fact]
    public async Task An_older_snapshot_is_brought_up_to_date_by_the_events_after_it()
    {
        await AppendAsync(new StateSnapshot(Wallet.StateSchema, 1, Json("""{"balance":100,"movements":1}""")), 5, 7);

        Assert.Equal(new Wallet(null, 107, 2), (await Repository(_store).LoadAsync(_stream)).State);
    }

    [Fact]
    public async Task A_snapshot_from_beyond_the_head_is_ignored()
    {
        await AppendAsync(new StateSnapshot(Wallet.StateSchema, 3, Json("""{"balance":999,"movements":3}""")), 5, 7);

        Assert.Equal(new Wallet(null, 12, 2), (await Repository(_store).LoadAsync(_stream)).State);
    }

    [Fact]
    public async Task A_stream_that_ends_before_its_head_is_corrupted()
    {
        var head = new StreamHead(3, "t", DateTimeOffset.UtcNow, null, []);
        var store = new Mock<IEventStore>();
        store.Setup(s => s.LoadHeadAsync(_stream, It.IsAny<CancellationToken>())).ReturnsAsync(head);
        store.Setup(s => s.ReadAsync(_stream, 1, It.IsAny<CancellationToken>())).Returns(OneEvent());

        var exception = await Assert.ThrowsAsync<StreamCorruptedException>(() => Repository(store.Object).LoadAsync(_stream));

        Assert.Equal((_stream, 2), (exception.Stream, exception.Version));
        Assert.Contains("head is at version 3", exception.Message, StringComparison.Ordinal);

        async IAsyncEnumerable<EventEnvelope> OneEvent()
        {
            await Task.CompletedTask;
            yield return Envelope(_stream, 1, new WalletEvent.Added(1));
        }
    }

    [Fact]
    public async Task An_event_of_another_aggregate_is_a_corruption()
    {
        var serializer = new EventSerializer(EventTypeRegistry.FromTypes(typeof(Stray)));
        var store = new InMemoryEventStore(serializer);
        var stray = Envelope(_stream, 1, new WalletEvent.Added(1)) with { Data = new Stray(), Type = "stray", SchemaVersion = 1 };
        await store.AppendAsync(new StreamAppend(_stream, StreamHead.Absent, [stray], null, []));

        var exception = await Assert.ThrowsAsync<StreamCorruptedException>(() => Repository(store).LoadAsync(_stream));

        Assert.Contains("'stray' is not an event of Wallet", exception.Message, StringComparison.Ordinal);
    }

    private static RawJson Json(string json) => RawJson.Of(JsonDocument.Parse(json).RootElement);

    private async Task AppendAsync(StateSnapshot? snapshot, params int[] amounts)
    {
        var events = amounts.Select((a, i) => Envelope(_stream, i + 1, new WalletEvent.Added(a))).ToList();
        Assert.IsType<AppendResult.Appended>(
            await _inner.AppendAsync(new StreamAppend(_stream, StreamHead.Absent, events, snapshot, [])));
    }

    [EventType("stray")]
    private sealed record Stray : IDomainEvent;
}
