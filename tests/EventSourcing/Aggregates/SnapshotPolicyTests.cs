using System.Text.Json;
using EventFunctions.EventSourcing.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Aggregates;

public sealed class SnapshotPolicyTests
{
    private readonly InMemoryEventStore _inner = new(Serializer);
    private readonly ObservedEventStore _store;
    private readonly StreamName _stream = NewStream();

    public SnapshotPolicyTests() => _store = new ObservedEventStore(_inner);

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public async Task With_every_n_the_snapshot_moves_once_n_events_have_come_and_is_carried_on_between(int headCacheSize)
    {
        var repository = Repository(_store, Options(SnapshotPolicy.EveryEvents(3), headCacheSize));
        var versions = new List<long?>();
        foreach (var count in new[] { 1, 1, 1, 1, 1, 4, 1, 1, 1 })
        {
            await repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, new int[count]));
            versions.Add((await _inner.LoadHeadAsync(_stream)).Snapshot?.Version);
        }

        Assert.Equal([null, null, 3, 3, 3, 9, 9, 9, 12], versions);
    }

    [Fact]
    public async Task With_every_n_loading_reads_the_events_after_the_snapshot_alone()
    {
        var repository = Repository(_store, Options(SnapshotPolicy.EveryEvents(3)));
        for (var i = 1; i <= 5; i++)
        {
            await repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, i));
        }

        var read = new List<long>();
        var loaded = await Repository(new RecordingStore(_inner, read), Options(SnapshotPolicy.EveryEvents(3))).LoadAsync(_stream);

        Assert.Equal(new Loaded<Wallet>(new Wallet(null, 15, 5), 5), loaded);
        Assert.Equal([4, 5], read);
    }

    [Fact]
    public async Task With_none_no_snapshot_is_written_and_one_that_was_there_goes()
    {
        await Repository(_store).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 5));
        Assert.NotNull((await _inner.LoadHeadAsync(_stream)).Snapshot);

        await Repository(_store, Options(SnapshotPolicy.Never)).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 7));

        Assert.Null((await _inner.LoadHeadAsync(_stream)).Snapshot);
        Assert.Equal(new Loaded<Wallet>(new Wallet(null, 12, 2), 2), await Repository(_store, Options(SnapshotPolicy.Never)).LoadAsync(_stream));
    }

    [Theory]
    [InlineData(1, 4L, """{"balance":12,"movements":4}""")]
    [InlineData(5, null, null)]
    public async Task With_every_n_a_snapshot_of_another_schema_is_not_carried_on(int every, long? version, string? state)
    {
        var unusable = new StateSnapshot(Wallet.StateSchema + 1, 3, RawJson.Of(JsonDocument.Parse("""{"balance":999,"movements":999}""").RootElement));
        await BeginAsync(unusable, 3);
        var repository = Repository(_store, Options(SnapshotPolicy.EveryEvents(every)));

        Assert.Equal(new Wallet(null, 9, 3), (await repository.LoadAsync(_stream)).State);
        await repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 3));

        var snapshot = (await _inner.LoadHeadAsync(_stream)).Snapshot;
        Assert.Equal((version, state), (snapshot?.Version, snapshot?.State.ToString()));
        Assert.Equal(new Wallet(null, 12, 4), (await Repository(_store).LoadAsync(_stream)).State);
    }

    [Fact]
    public async Task With_every_n_a_snapshot_that_does_not_fit_its_schema_is_replaced_once_it_is_due()
    {
        var unfit = new StateSnapshot(Wallet.StateSchema, 3, RawJson.Of(JsonDocument.Parse("""{"movements":2}""").RootElement));
        await BeginAsync(unfit, 3);

        await Repository(_store, Options(SnapshotPolicy.EveryEvents(4))).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 3));

        Assert.Equal(4, (await _inner.LoadHeadAsync(_stream)).Snapshot!.Version);
    }

    [Fact]
    public void Whichever_policies_writers_have_the_state_is_that_of_the_events() =>
        Prop.ForAll<byte[]>(script => HoldsAsync(script).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void A_policy_that_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SnapshotPolicy.EveryEvents(0));
        Assert.Throws<ArgumentNullException>(() => new AggregateRepositoryOptions { Snapshots = null! });
    }

    private static AggregateRepositoryOptions Options(SnapshotPolicy policy, int headCacheSize = 8) =>
        new() { Snapshots = policy, HeadCacheSize = headCacheSize, FirstDelay = TimeSpan.Zero };

    /// <summary>Each byte says which of the writers appends how much.</summary>
    private static async Task<bool> HoldsAsync(byte[] script)
    {
        var store = new InMemoryEventStore(Serializer);
        var stream = NewStream();
        SnapshotPolicy[] policies =
            [SnapshotPolicy.EveryAppend, SnapshotPolicy.Never, SnapshotPolicy.EveryEvents(1), SnapshotPolicy.EveryEvents(2), SnapshotPolicy.EveryEvents(5)];
        var writers = policies.Select((policy, i) => Repository(store, Options(policy, headCacheSize: i % 2 * 8))).ToList();
        foreach (var step in script)
        {
            await writers[step % writers.Count].ExecuteAsync(stream, Command(), w => Wallet.Add(w, [.. Enumerable.Repeat((int)step, 1 + (step % 3))]));
        }

        var expected = (await store.EventsAsync(stream)).Aggregate(Wallet.Initial, (w, e) => w.Apply((WalletEvent)e.Data));
        var states = await Task.WhenAll(writers.Select(w => w.LoadAsync(stream)));
        return states.All(s => s.State == expected);
    }

    private async Task BeginAsync(StateSnapshot snapshot, int events)
    {
        var envelopes = Enumerable.Range(1, events).Select(v => Envelope(_stream, v, new WalletEvent.Added(3))).ToList();
        Assert.IsType<AppendResult.Appended>(
            await _inner.AppendAsync(new StreamAppend(_stream, StreamHead.Absent, envelopes, snapshot, [])));
    }

    /// <summary>Writes down which events are read.</summary>
    private sealed class RecordingStore(IEventStore inner, List<long> read) : IEventStore
    {
        public Task<StreamHead> LoadHeadAsync(StreamName stream, CancellationToken cancellationToken = default) =>
            inner.LoadHeadAsync(stream, cancellationToken);

        public Task<AppendResult> AppendAsync(StreamAppend append, CancellationToken cancellationToken = default) =>
            inner.AppendAsync(append, cancellationToken);

        public async IAsyncEnumerable<EventEnvelope> ReadAsync(
            StreamName stream, long fromVersion, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var envelope in inner.ReadAsync(stream, fromVersion, cancellationToken))
            {
                read.Add(envelope.Version);
                yield return envelope;
            }
        }
    }
}
