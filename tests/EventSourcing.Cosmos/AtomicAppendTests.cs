using System.Net;
using EventFunctions.EventSourcing.Cosmos.Tests.Fixture;
using EventFunctions.EventSourcing.Tests.Sample;
using Microsoft.Azure.Cosmos;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Cosmos.Tests;

[Collection(nameof(CosmosCollection))]
public sealed class AtomicAppendTests(CosmosFixture cosmos)
{
    private readonly RequestLog _log = new();
    private readonly StreamName _stream = NewStream();

    [Fact]
    public async Task The_largest_append_is_99_events_and_larger_ones_are_refused_before_sending()
    {
        var store = cosmos.EventStore(cosmos.Client(_log));
        Assert.IsType<AppendResult.Appended>(await store.AppendAsync(Append(StreamHead.Absent, 99)));
        var head = await store.LoadHeadAsync(_stream);
        _log.Take();

        var exception = await Assert.ThrowsAsync<AppendTooLargeException>(() => store.AppendAsync(Append(head, 100)));

        Assert.Equal((_stream, 101), (exception.Stream, exception.Operations));
        Assert.Contains("101 operations of at most 100", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_log.Take());
        Assert.Equal(99, (await store.LoadHeadAsync(_stream)).Version);
    }

    [Fact]
    public async Task An_append_of_more_than_2_MB_is_refused_before_sending()
    {
        var store = cosmos.EventStore(cosmos.Client(_log));
        var half = new string('x', 1024 * 1024);

        var exception = await Assert.ThrowsAsync<AppendTooLargeException>(() => store.AppendAsync(Append(StreamHead.Absent, 2, half)));

        Assert.InRange(exception.Bytes, 2 * 1024 * 1024, (2 * 1024 * 1024) + 4096);
        Assert.Contains("at most 2097152", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_log.Take());
    }

    [Fact]
    public async Task An_append_just_under_the_limit_is_written()
    {
        var store = cosmos.EventStore(cosmos.Client(_log));

        Assert.IsType<AppendResult.Appended>(await store.AppendAsync(Append(StreamHead.Absent, 2, new string('x', (1024 * 1024) - 2048))));
        Assert.Equal(2, (await store.EventsAsync(_stream)).Count);
    }

    [Fact]
    public async Task An_append_of_which_one_event_cannot_be_written_writes_nothing()
    {
        var store = cosmos.EventStore();
        await store.AppendAsync(Append(StreamHead.Absent, 1));
        var before = await store.LoadHeadAsync(_stream);
        var inTheWay = Serializer.Write(Envelope(_stream, 3, new WalletEvent.Added(1)));
        await cosmos.Events.CreateItemAsync(inTheWay, new PartitionKey(_stream.Value));

        // No race, and trying again would not help: the stream is not what its head says.
        var exception = await Assert.ThrowsAsync<StreamCorruptedException>(() => store.AppendAsync(Append(before, 3)));

        Assert.Equal((_stream, 3), (exception.Stream, exception.Version));
        Assert.Equal((before.Version, before.Token), ((await store.LoadHeadAsync(_stream)).Version, (await store.LoadHeadAsync(_stream)).Token));
        using var second = await cosmos.Events.ReadItemStreamAsync(EventDocument.IdOf(2), new PartitionKey(_stream.Value));
        Assert.Equal(HttpStatusCode.NotFound, second.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_breaks_in_an_append_leaves_all_or_nothing_and_a_retry_completes_it(bool isWritten)
    {
        var failures = new FailingRequests();
        var repository = Repository(cosmos.EventStore(cosmos.Client(failures)));
        var command = Command();
        failures.Before = request => isWritten || !IsBatch(request) ? null : throw new HttpRequestException("reset");
        failures.After = request => _ = IsBatch(request) ? throw new HttpRequestException("reset") : 0;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => repository.ExecuteAsync(_stream, command, w => Wallet.Add(w, 5, 7)));

        var store = cosmos.EventStore();
        Assert.Equal(isWritten ? 2 : 0, (await store.LoadHeadAsync(_stream)).Version);
        Assert.Equal(isWritten ? 2 : 0, (await store.EventsAsync(_stream)).Count);
        var retried = await Repository(store).ExecuteAsync(_stream, command, w => Wallet.Add(w, 5, 7));
        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 12, 2), 2, isWritten), retried);
        Assert.Equal(2, (await store.EventsAsync(_stream)).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task An_append_that_the_SDK_sends_again_after_a_lost_answer_is_no_conflict_and_is_there_once(int headCacheSize)
    {
        // With one attempt, so that its own first copy cannot be taken for a rival and outrun by a second attempt.
        var options = new AggregateRepositoryOptions { MaxAttempts = 1, HeadCacheSize = headCacheSize };
        var repository = Repository(cosmos.EventStore(cosmos.Client(new ResentRequests(IsBatch), _log)), options);

        for (var i = 1; i <= 3; i++)
        {
            var result = await repository.ExecuteAsync(_stream, Command(expected: ExpectedVersion.Exactly(2 * (i - 1))), w => Wallet.Add(w, 5, 7));
            var committed = Assert.IsType<CommandResult<Wallet>.Committed>(result);
            Assert.Equal((2 * i, 12 * i), (committed.Version, committed.State.Balance));
        }

        // Each batch was sent twice, and not once more by the repository.
        Assert.Equal(6, _log.Take().Count(operation => operation == "batch"));
        Assert.Equal(6, (await cosmos.EventStore().EventsAsync(_stream)).Count);
    }

    private static bool IsBatch(RequestMessage request) => request.Headers["x-ms-cosmos-is-batch-request"] is not null;

    private StreamAppend Append(StreamHead head, int events, string? note = null) =>
        new(
            _stream,
            head,
            [.. Enumerable.Range(1, events).Select(i => Envelope(_stream, head.Version + i, new WalletEvent.Added(i, note)))],
            null,
            []);
}
