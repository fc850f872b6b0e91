using EventFunctions.EventSourcing.Cosmos.Tests.Fixture;
using EventFunctions.EventSourcing.Tests.Sample;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Cosmos.Tests;

/// <summary>What every operation costs in requests: a regression here is a regression on the bill.</summary>
[Collection(nameof(CosmosCollection))]
public sealed class RequestCountTests
{
    private readonly RequestLog _log = new();
    private readonly CosmosFixture _cosmos;
    private readonly CosmosEventStore _store;
    private readonly CosmosEventLookup _lookup;
    private readonly CosmosStalledStreams _stalled;
    private readonly CosmosViewStore _views;
    private readonly CosmosInbox _inbox;
    private readonly AggregateRepository<Wallet, WalletEvent> _repository;
    private readonly StreamName _stream = NewStream();

    public RequestCountTests(CosmosFixture cosmos)
    {
        _cosmos = cosmos;
        var client = cosmos.Client(_log);
        _store = cosmos.EventStore(client);
        _lookup = cosmos.EventLookup(client);
        _views = cosmos.ViewStore(client);
        _inbox = cosmos.InboxOf(client);
        _stalled = new CosmosStalledStreams(client.GetContainer(CosmosFixture.Database, "views"));
        _repository = Repository(_store, new AggregateRepositoryOptions { FirstDelay = TimeSpan.Zero });
    }

    [Fact]
    public async Task Loading_is_one_point_read_whether_the_stream_exists_or_not()
    {
        await _repository.LoadAsync(_stream);
        Assert.Equal(["read"], _log.Take());

        await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1, 2, 3));
        _log.Take();

        Assert.Equal(3, (await _repository.LoadAsync(_stream)).Version);
        Assert.Equal(["read"], _log.Take());
    }

    [Fact]
    public async Task Finding_an_event_is_one_point_read_whether_the_stream_has_come_so_far_or_not()
    {
        await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1, 2, 3));
        _log.Take();

        Assert.Equal(2, (await _lookup.FindAsync(_stream, 2))!.Version);
        Assert.Equal(["read"], _log.Take());

        Assert.Null(await _lookup.FindAsync(_stream, 4));
        Assert.Equal(["read"], _log.Take());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_command_is_one_point_read_and_one_batch_however_many_events_it_has(int events)
    {
        await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, new int[events]));
        Assert.Equal(["read", "batch"], _log.Take());

        await Repository(_store).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, new int[events]));
        Assert.Equal(["read", "batch"], _log.Take());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_command_on_a_stream_used_before_is_one_batch_and_nothing_else(int events)
    {
        await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, new int[events]));
        _log.Take();

        await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, new int[events]));
        Assert.Equal(["batch"], _log.Take());

        await _repository.LoadAsync(_stream);
        Assert.Equal(["read"], _log.Take());

        await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Take(w, 0));
        Assert.Equal(["batch"], _log.Take());
        Assert.Equal((2 * events) + 1, (await _store.EventsAsync(_stream)).Count);
    }

    [Fact]
    public async Task Without_a_cache_every_command_is_one_point_read_and_one_batch()
    {
        var repository = Repository(_store, new AggregateRepositoryOptions { HeadCacheSize = 0 });
        for (var i = 0; i < 2; i++)
        {
            await repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));
            Assert.Equal(["read", "batch"], _log.Take());
        }
    }

    [Fact]
    public async Task A_command_on_a_head_that_another_writer_replaced_is_a_batch_a_point_read_and_a_batch()
    {
        await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));
        await Repository(_cosmos.EventStore()).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 10));
        _log.Take();

        var result = await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 100));

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 111, 3), 3, IsRepetition: false), result);
        Assert.Equal(["batch", "read", "batch"], _log.Take());
    }

    [Fact]
    public async Task A_repeated_command_is_one_point_read_and_no_write()
    {
        var command = Command();
        await _repository.ExecuteAsync(_stream, command, w => Wallet.Add(w, 1));
        _log.Take();

        var result = await _repository.ExecuteAsync(_stream, command, w => Wallet.Add(w, 1));

        Assert.True(Assert.IsType<CommandResult<Wallet>.Committed>(result).IsRepetition);
        Assert.Equal(["read"], _log.Take());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_that_is_refused_stale_or_without_effect_is_one_point_read_and_no_write(bool isStreamKnown)
    {
        if (isStreamKnown)
        {
            await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Open(w, "ann"));
            _log.Take();
        }

        Assert.IsType<CommandResult<Wallet>.Rejected>(await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Take(w, 1)));
        Assert.Equal(["read"], _log.Take());

        Assert.IsType<CommandResult<Wallet>.Stale>(
            await _repository.ExecuteAsync(_stream, Command(expected: ExpectedVersion.Exactly(4)), w => Wallet.Add(w, 1)));
        Assert.Equal(["read"], _log.Take());

        Assert.IsType<CommandResult<Wallet>.Committed>(
            await _repository.ExecuteAsync(_stream, Command(), _ => Decision<WalletEvent>.Accept()));
        Assert.Equal(["read"], _log.Take());
    }

    [Fact]
    public async Task Each_lost_race_is_one_more_read_and_one_more_batch()
    {
        var other = Repository(_cosmos.EventStore());
        var races = 2;
        await _repository.ExecuteAsync(
            _stream,
            Command(),
            w =>
            {
                if (races-- > 0)
                {
                    other.ExecuteAsync(_stream, Command(), x => Wallet.Add(x, 10)).GetAwaiter().GetResult();
                }

                return Wallet.Add(w, 1);
            });

        Assert.Equal(["read", "batch", "read", "batch", "read", "batch"], _log.Take());
    }

    [Fact]
    public async Task A_state_without_a_usable_snapshot_is_one_query_more_for_each_window_of_events()
    {
        const int BatchLength = 96;
        var version = 0;
        while (version <= CosmosEventStore.ReadWindow)
        {
            var events = Enumerable.Range(version + 1, BatchLength).Select(v => Envelope(_stream, v, new WalletEvent.Added(1))).ToList();
            await _store.AppendAsync(new StreamAppend(_stream, await _store.LoadHeadAsync(_stream), events, null, []));
            version += BatchLength;
        }

        _log.Take();
        Assert.Equal(new Loaded<Wallet>(new Wallet(null, version, version), version), await _repository.LoadAsync(_stream));

        Assert.Equal(["read", "query", "query"], _log.Take());
    }

    [Fact]
    public async Task A_projection_step_is_one_write_and_a_repeated_one_a_read_alone()
    {
        var handler = new ProjectionHandler<WalletView>(new WalletProjection(), _views, _store);
        var events = await AppendedAsync(5);

        Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(events[0]));
        Assert.Equal(["create"], _log.Take());

        Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(events[1]));
        Assert.Equal(["replace"], _log.Take());

        Assert.Equal(ProjectionOutcome.Ignored, await handler.HandleAsync(events[1]));
        Assert.Equal(["read"], _log.Take());

        Assert.Equal(ProjectionOutcome.Healed, await handler.HandleAsync(events[3]));
        Assert.Equal(["read", "query", "replace"], _log.Take());

        Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(events[4]));
        Assert.Equal(["replace"], _log.Take());
    }

    [Fact]
    public async Task A_projection_step_on_a_view_that_another_handler_wrote_is_one_read_and_one_write()
    {
        var handler = new ProjectionHandler<WalletView>(new WalletProjection(), _views, _store);
        var other = new ProjectionHandler<WalletView>(new WalletProjection(), _cosmos.ViewStore(), _store);
        var events = await AppendedAsync(4);
        await handler.HandleAsync(events[0]);
        await other.HandleAsync(events[1]);
        await other.HandleAsync(events[2]);
        _log.Take();

        Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(events[3]));
        Assert.Equal(["read", "replace"], _log.Take());

        Assert.Equal(ProjectionOutcome.Ignored, await new ProjectionHandler<WalletView>(new WalletProjection(), _views, _store).HandleAsync(events[0]));
        Assert.Equal(["create", "read"], _log.Take());
    }

    [Fact]
    public async Task Supervision_costs_a_projection_step_nothing_and_a_stall_or_a_heal_what_it_records()
    {
        var projection = new PoisonableProjection { IsPoison = e => e.Version == 3 };
        var handler = new ProjectionSupervision(_stalled, new ProjectionActivity(TimeProvider.System), TimeProvider.System)
            .Supervise("wallet", new ProjectionHandler<WalletView>(projection, _views, _store));
        var events = await AppendedAsync(5);

        Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(events[0]));
        Assert.Equal(["create"], _log.Take());
        Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(events[1]));
        Assert.Equal(["replace"], _log.Take());

        Assert.Equal(ProjectionOutcome.Stalled, await handler.HandleAsync(events[2]));
        Assert.Equal(["read", "read", "create"], _log.Take());
        Assert.Equal(ProjectionOutcome.Stalled, await handler.HandleAsync(events[3]));
        Assert.Equal(["read", "query", "read", "replace"], _log.Take());

        projection.IsPoison = _ => false;
        Assert.Equal(ProjectionOutcome.Healed, await handler.HandleAsync(events[4]));
        Assert.Equal(["read", "query", "replace", "read", "DELETE"], _log.Take());
    }

    [Fact]
    public async Task Without_a_cache_a_projection_step_is_one_read_and_one_write()
    {
        var handler = new ProjectionHandler<WalletView>(new WalletProjection(), _views, _store, viewCacheSize: 0);
        var events = await AppendedAsync(2);

        Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(events[0]));
        Assert.Equal(["create"], _log.Take());

        Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(events[1]));
        Assert.Equal(["read", "replace"], _log.Take());
    }

    [Fact]
    public async Task A_page_of_a_list_is_one_query()
    {
        var view = new VersionedView<WalletView>(new WalletView("x", 1, [1]), 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        await _views.SaveAsync(new ViewKey(_stream.Value, "x"), "wallet", view, null);
        _log.Take();

        Assert.Single((await _views.ListAsync<WalletView>(_stream.Value, "wallet", 10)).Views);

        // Where the SDK cannot plan an ordered query itself, it asks for the plan first.
        Assert.Equal(["query"], _log.Take().Where(operation => operation != "query plan"));
    }

    [Fact]
    public async Task A_message_that_comes_once_is_two_writes_in_the_inbox_and_a_repeated_one_a_refused_write_and_a_read()
    {
        var key = new InboxKey("a-handler", Guid.NewGuid().ToString());

        Assert.True(await _inbox.CompleteAsync(key, Assert.IsType<InboxClaim.Taken>(await _inbox.ClaimAsync(key))));
        Assert.Equal(["create", "replace"], _log.Take());

        Assert.IsType<InboxClaim.Done>(await _inbox.ClaimAsync(key));
        Assert.Equal(["create", "read"], _log.Take());
    }

    private async Task<IReadOnlyList<EventEnvelope>> AppendedAsync(int count)
    {
        await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, new int[count]));
        var events = await _store.EventsAsync(_stream);
        _log.Take();
        return events;
    }
}
