using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Tests.Support;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Aggregates;

/// <summary>Which heads a repository keeps, and what they spare.</summary>
public sealed class HeadCacheTests
{
    private readonly InMemoryEventStore _inner = new(Serializer);
    private readonly ObservedEventStore _store;
    private readonly StreamName _stream = NewStream();

    public HeadCacheTests() => _store = new ObservedEventStore(_inner);

    [Fact]
    public async Task A_command_after_a_command_is_an_append_and_no_load()
    {
        var repository = Repository(_store);
        await AddAsync(repository, _stream);
        Assert.Equal((1, 1), _store.TakeCounts());

        for (var version = 2; version <= 4; version++)
        {
            var result = await repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));
            Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, version, version), version, IsRepetition: false), result);
            Assert.Equal((0, 1), _store.TakeCounts());
        }

        Assert.Equal([1, 2, 3, 4], (await _inner.EventsAsync(_stream)).Select(e => e.Version));
    }

    [Fact]
    public async Task A_command_after_a_load_is_an_append_and_no_load()
    {
        await AddAsync(Repository(_inner), _stream);
        var repository = Repository(_store);
        await repository.LoadAsync(_stream);
        _store.TakeCounts();

        await AddAsync(repository, _stream);

        Assert.Equal((0, 1), _store.TakeCounts());
    }

    [Fact]
    public async Task A_load_asks_the_store_and_refreshes_the_kept_head()
    {
        var repository = Repository(_store);
        await AddAsync(repository, _stream);
        await AddAsync(Repository(_inner), _stream);
        _store.TakeCounts();

        Assert.Equal(new Loaded<Wallet>(new Wallet(null, 2, 2), 2), await repository.LoadAsync(_stream));
        Assert.Equal((1, 0), _store.TakeCounts());

        await AddAsync(repository, _stream);
        Assert.Equal((0, 1), _store.TakeCounts());
    }

    [Fact]
    public async Task The_state_is_kept_as_it_is_and_not_made_again()
    {
        var repository = Repository(_store);
        var result = (CommandResult<Wallet>.Committed)await repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));
        Wallet? seen = null;

        await repository.ExecuteAsync(
            _stream,
            Command(),
            w =>
            {
                seen = w;
                return Wallet.Add(w, 1);
            });

        Assert.Same(result.State, seen);
    }

    [Fact]
    public async Task The_history_of_commands_goes_on_after_a_kept_head()
    {
        var repository = Repository(_store, new AggregateRepositoryOptions { CommandHistoryLength = 2 });
        var commands = Enumerable.Range(0, 3).Select(_ => Command()).ToList();
        foreach (var command in commands)
        {
            await repository.ExecuteAsync(_stream, command, w => Wallet.Add(w, 1));
        }

        Assert.Equal((1, 3), _store.TakeCounts());
        Assert.Equal(
            [(commands[1].CommandId, 2), (commands[2].CommandId, 3)],
            (await _inner.LoadHeadAsync(_stream)).Commands.Select(c => (c.CommandId, c.Version)));
    }

    [Fact]
    public async Task The_stream_that_was_used_longest_ago_gives_way()
    {
        var repository = Repository(_store, new AggregateRepositoryOptions { HeadCacheSize = 2 });
        var other = NewStream();
        var third = NewStream();
        await AddAsync(repository, _stream);
        await AddAsync(repository, other);
        await AddAsync(repository, _stream);
        await AddAsync(repository, third);
        _store.TakeCounts();

        await AddAsync(repository, _stream);
        await AddAsync(repository, third);
        Assert.Equal((0, 2), _store.TakeCounts());

        await AddAsync(repository, other);
        Assert.Equal((1, 1), _store.TakeCounts());
    }

    [Fact]
    public async Task With_size_0_every_command_loads()
    {
        var repository = Repository(_store, new AggregateRepositoryOptions { HeadCacheSize = 0 });
        await AddAsync(repository, _stream);
        await AddAsync(repository, _stream);

        Assert.Equal((2, 2), _store.TakeCounts());
    }

    [Fact]
    public async Task A_stream_that_does_not_exist_takes_no_place()
    {
        var repository = Repository(_store, new AggregateRepositoryOptions { HeadCacheSize = 1 });
        await AddAsync(repository, _stream);
        await repository.LoadAsync(NewStream());
        _store.TakeCounts();

        await AddAsync(repository, _stream);

        Assert.Equal((0, 1), _store.TakeCounts());
    }

    [Fact]
    public async Task A_slow_load_does_not_displace_the_head_of_a_later_append()
    {
        var repository = Repository(_store);
        await AddAsync(repository, _stream);
        _store.AfterLoad = async _ =>
        {
            _store.AfterLoad = _ => Task.CompletedTask;
            await AddAsync(repository, _stream);
        };
        Assert.Equal(1, (await repository.LoadAsync(_stream)).Version);
        _store.TakeCounts();

        await AddAsync(repository, _stream);

        Assert.Equal((0, 1), _store.TakeCounts());
    }

    [Fact]
    public async Task A_lost_race_does_not_drop_the_head_of_the_winner()
    {
        var repository = Repository(_store, new AggregateRepositoryOptions { MaxAttempts = 1 }, new ManualTimeProvider());
        await AddAsync(repository, _stream);
        _store.BeforeAppend = async _ =>
        {
            // The loser cannot load what the winner left, so the head that is kept in the end is the winner's own.
            _store.BeforeAppend = _ => Task.CompletedTask;
            await AddAsync(repository, _stream);
            _store.AfterLoad = _ => throw new StoreUnavailableException("away");
        };
        await Assert.ThrowsAsync<StoreUnavailableException>(() => AddAsync(repository, _stream));
        _store.AfterLoad = _ => Task.CompletedTask;
        _store.TakeCounts();

        await AddAsync(repository, _stream);

        Assert.Equal((0, 1), _store.TakeCounts());
        Assert.Equal([1, 2, 3], (await _inner.EventsAsync(_stream)).Select(e => e.Version));
    }

    private static async Task AddAsync(AggregateRepository<Wallet, WalletEvent> repository, StreamName stream) =>
        Assert.IsType<CommandResult<Wallet>.Committed>(await repository.ExecuteAsync(stream, Command(), w => Wallet.Add(w, 1)));
}
