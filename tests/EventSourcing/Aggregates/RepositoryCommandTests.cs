using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Tests.Support;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Aggregates;

public sealed class RepositoryCommandTests
{
    private readonly InMemoryEventStore _store = new(Serializer);
    private readonly StreamName _stream = NewStream();

    [Fact]
    public async Task An_absent_stream_loads_as_the_initial_state_at_version_0()
    {
        var loaded = await Repository(_store).LoadAsync(_stream);

        Assert.Equal(new Loaded<Wallet>(Wallet.Initial, 0), loaded);
    }

    [Fact]
    public async Task A_command_appends_its_events_and_returns_the_state_after_them()
    {
        var repository = Repository(_store);

        var result = await repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 5, 7));

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 12, 2), 2, IsRepetition: false), result);
        Assert.Equal(new Loaded<Wallet>(new Wallet(null, 12, 2), 2), await repository.LoadAsync(_stream));
        var events = await _store.EventsAsync(_stream);
        Assert.Equal([1, 2], events.Select(e => e.Version));
        Assert.Equal([new WalletEvent.Added(5), new WalletEvent.Added(7)], events.Select(e => e.Data));
    }

    [Fact]
    public async Task Events_carry_ids_that_follow_from_command_and_stream_and_the_commands_metadata()
    {
        var command = Command();
        await Repository(_store).ExecuteAsync(_stream, command, w => Wallet.Add(w, 5, 7));

        var events = await _store.EventsAsync(_stream);

        Assert.Equal(
            [NameBasedGuid.Create(command.CommandId, $"{_stream}/0"), NameBasedGuid.Create(command.CommandId, $"{_stream}/1")],
            events.Select(e => e.EventId));
        Assert.All(events, e => Assert.Equal(command.Metadata, e.Metadata));
        Assert.All(events, e => Assert.Equal(("money-added", 2), (e.Type, e.SchemaVersion)));
    }

    [Fact]
    public async Task One_command_id_on_two_streams_gives_four_events_with_four_ids()
    {
        var command = Command();
        var other = NewStream();
        await Repository(_store).ExecuteAsync(_stream, command, w => Wallet.Add(w, 5, 7));
        await Repository(_store).ExecuteAsync(other, command, w => Wallet.Add(w, 5, 7));

        IReadOnlyList<EventEnvelope> events = [.. await _store.EventsAsync(_stream), .. await _store.EventsAsync(other)];

        Assert.Equal(4, events.Count);
        Assert.Equal(4, events.Select(e => e.EventId).Distinct().Count());
    }

    [Fact]
    public async Task A_refused_command_writes_nothing()
    {
        var result = await Repository(_store).ExecuteAsync(_stream, Command(), w => Wallet.Take(w, 1));

        var rejected = Assert.IsType<CommandResult<Wallet>.Rejected>(result);
        Assert.Equal("no-money", rejected.Reason.Code);
        Assert.Equal(0, rejected.Version);
        Assert.Same(StreamHead.Absent, await _store.LoadHeadAsync(_stream));
    }

    [Fact]
    public async Task A_decision_of_no_events_writes_nothing_and_is_no_repetition()
    {
        var repository = Repository(_store);
        await repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 5));
        var before = await _store.LoadHeadAsync(_stream);

        var result = await repository.ExecuteAsync(_stream, Command(), _ => Decision<WalletEvent>.Accept());

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 5, 1), 1, IsRepetition: false), result);
        Assert.Equal(before, await _store.LoadHeadAsync(_stream));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task A_command_that_expects_another_version_is_stale(long expected, bool holds)
    {
        var repository = Repository(_store);
        await repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 5, 7));

        var result = await repository.ExecuteAsync(
            _stream, Command(expected: ExpectedVersion.Exactly(expected)), w => Wallet.Add(w, 1));

        Assert.Equal(
            holds
                ? new CommandResult<Wallet>.Committed(new Wallet(null, 13, 3), 3, IsRepetition: false)
                : new CommandResult<Wallet>.Stale(ExpectedVersion.Exactly(expected), 2),
            result);
        Assert.Equal(holds ? 3 : 2, (await _store.EventsAsync(_stream)).Count);
    }

    [Fact]
    public async Task Time_does_not_run_backwards_in_a_stream()
    {
        var clock = new ManualTimeProvider();
        var slow = new ManualTimeProvider(clock.GetUtcNow().AddMinutes(-5));
        await Repository(_store, timeProvider: clock).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));
        await Repository(_store, timeProvider: slow).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));
        clock.Advance(TimeSpan.FromSeconds(1));
        await Repository(_store, timeProvider: clock).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));

        var events = await _store.EventsAsync(_stream);

        var start = clock.GetUtcNow().AddSeconds(-1);
        Assert.Equal([start, start, start.AddSeconds(1)], events.Select(e => e.Time));
    }

    [Fact]
    public async Task A_stream_of_another_category_is_a_mistake_of_the_caller()
    {
        var foreign = new StreamName("order", "1");

        await Assert.ThrowsAsync<ArgumentException>(() => Repository(_store).LoadAsync(foreign));
        await Assert.ThrowsAsync<ArgumentException>(
            () => Repository(_store).ExecuteAsync(foreign, Command(), w => Wallet.Add(w, 1)));
    }

    [Fact]
    public async Task A_cancelled_command_appends_nothing()
    {
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Repository(_store).ExecuteAsync(
            _stream,
            Command(),
            w =>
            {
                cancellation.Cancel();
                return Wallet.Add(w, 1);
            },
            cancellation.Token));

        Assert.Same(StreamHead.Absent, await _store.LoadHeadAsync(_stream));
    }
}
