using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Tests.Support;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Aggregates;

public sealed class ConflictTests
{
    private static readonly AggregateRepositoryOptions NoWaiting = new() { FirstDelay = TimeSpan.Zero };

    private readonly InMemoryEventStore _inner = new(Serializer);
    private readonly ObservedEventStore _store;
    private readonly StreamName _stream = NewStream();

    public ConflictTests() => _store = new ObservedEventStore(_inner);

    [Fact]
    public async Task A_lost_race_decides_again_on_the_newer_state()
    {
        LoseRaces(1, w => Wallet.Add(w, 10));
        var seen = new List<int>();

        var result = await Repository(_store, NoWaiting).ExecuteAsync(
            _stream,
            Command(),
            w =>
            {
                seen.Add(w.Balance);
                return Wallet.Add(w, 1);
            });

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 11, 2), 2, IsRepetition: false), result);
        Assert.Equal([0, 10], seen);
        Assert.Equal((2, 2, 0), (_store.Loads, _store.Appends, _store.Reads));
    }

    [Fact]
    public async Task An_events_id_stays_the_same_when_a_lost_race_moves_it_to_a_later_version()
    {
        var tried = new List<EventEnvelope>();
        LoseRaces(1, w => Wallet.Add(w, 10));
        var race = _store.BeforeAppend;
        _store.BeforeAppend = append =>
        {
            tried.AddRange(append.Events);
            return race(append);
        };

        await Repository(_store, NoWaiting).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));

        Assert.Equal([1, 2], tried.Select(e => e.Version));
        Assert.Equal(tried[0].EventId, tried[1].EventId);
    }

    [Fact]
    public async Task A_lost_race_can_turn_an_acceptance_into_a_refusal()
    {
        await Repository(_inner).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 10));
        LoseRaces(1, w => Wallet.Take(w, 10));

        var result = await Repository(_store, NoWaiting).ExecuteAsync(_stream, Command(), w => Wallet.Take(w, 10));

        Assert.Equal("no-money", Assert.IsType<CommandResult<Wallet>.Rejected>(result).Reason.Code);
        Assert.Equal(2, (await _inner.EventsAsync(_stream)).Count);
    }

    [Fact]
    public async Task A_lost_race_makes_a_command_stale_that_expects_a_version()
    {
        LoseRaces(1, w => Wallet.Add(w, 10));

        var result = await Repository(_store, NoWaiting).ExecuteAsync(
            _stream, Command(expected: ExpectedVersion.NoStream), w => Wallet.Add(w, 1));

        Assert.Equal(new CommandResult<Wallet>.Stale(ExpectedVersion.NoStream, 1), result);
    }

    [Fact]
    public async Task A_race_lost_to_the_same_command_is_a_repetition()
    {
        var command = Command();
        _store.BeforeAppend = async _ =>
        {
            _store.BeforeAppend = _ => Task.CompletedTask;
            await Repository(_inner).ExecuteAsync(_stream, command, w => Wallet.Add(w, 1));
        };

        var result = await Repository(_store, NoWaiting).ExecuteAsync(_stream, command, w => Wallet.Add(w, 1));

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 1, 1), 1, IsRepetition: true), result);
    }

    [Fact]
    public async Task A_conflict_that_outlives_the_attempts_is_contended()
    {
        LoseRaces(int.MaxValue, w => Wallet.Add(w, 10));

        var result = await Repository(_store, NoWaiting with { MaxAttempts = 3 }).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));

        Assert.Equal(new CommandResult<Wallet>.Contended(3), result);

        // One look more than attempts: nobody is told that nothing was written on the word of an old head.
        Assert.Equal((4, 3), (_store.Loads, _store.Appends));
        Assert.All(await _inner.EventsAsync(_stream), e => Assert.Equal(new WalletEvent.Added(10), e.Data));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_append_that_was_written_and_then_refused_as_its_own_rival_is_no_conflict(int attempts)
    {
        LoseRaces(attempts - 1, w => Wallet.Add(w, 10));
        var race = _store.BeforeAppend;
        _store.BeforeAppend = async append =>
        {
            // What a client does whose answer got lost: the last append is sent twice, and the second answer is told.
            await race(append);
            if (append.Head.Version == attempts)
            {
                Assert.IsType<AppendResult.Appended>(await _inner.AppendAsync(append));
            }
        };

        var result = await Repository(_store, NoWaiting with { MaxAttempts = attempts }).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));

        var committed = Assert.IsType<CommandResult<Wallet>.Committed>(result);
        Assert.Equal((attempts, (10 * (attempts - 1)) + 1), (committed.Version, committed.State.Balance));
        Assert.Single(await _inner.EventsAsync(_stream), e => e.Data.Equals(new WalletEvent.Added(1)));
    }

    [Fact]
    public async Task A_rule_that_the_winners_of_every_race_broke_is_a_refusal_and_no_contention()
    {
        await Repository(_inner).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 2));
        LoseRaces(2, w => Wallet.Take(w, 1));

        var result = await Repository(_store, NoWaiting with { MaxAttempts = 2 }).ExecuteAsync(_stream, Command(), w => Wallet.Take(w, 1));

        Assert.Equal("no-money", Assert.IsType<CommandResult<Wallet>.Rejected>(result).Reason.Code);
        Assert.Equal(3, (await _inner.EventsAsync(_stream)).Count);
    }

    [Theory]
    [InlineData(1.0, new[] { 100, 200, 250, 250 })]
    [InlineData(0.5, new[] { 50, 100, 125, 125 })]
    public async Task Waits_between_attempts_double_up_to_a_limit_and_are_a_random_part_of_it(double random, int[] waits)
    {
        var clock = new ManualTimeProvider();
        var options = new AggregateRepositoryOptions
        {
            MaxAttempts = waits.Length + 1,
            FirstDelay = TimeSpan.FromMilliseconds(100),
            LongestDelay = TimeSpan.FromMilliseconds(250),
        };
        LoseRaces(int.MaxValue, w => Wallet.Add(w, 10));
        var running = Repository(_store, options, clock, new FixedRandom(random)).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));

        for (var i = 0; i < waits.Length; i++)
        {
            await Eventually.HoldsAsync(() => clock.PendingTimers == 1, "the repository waits");
            clock.Advance(TimeSpan.FromMilliseconds(waits[i] - 1));
            Assert.Equal((1, i + 1), (clock.PendingTimers, _store.Appends));
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await Eventually.HoldsAsync(() => _store.Appends == i + 2, "the repository tries again");
        }

        Assert.Equal(new CommandResult<Wallet>.Contended(options.MaxAttempts), await running);
    }

    [Fact]
    public async Task A_waiting_command_can_be_cancelled()
    {
        var clock = new ManualTimeProvider();
        using var cancellation = new CancellationTokenSource();
        LoseRaces(int.MaxValue, w => Wallet.Add(w, 10));
        var running = Repository(_store, timeProvider: clock, random: new FixedRandom(1)).ExecuteAsync(
            _stream, Command(), w => Wallet.Add(w, 1), cancellation.Token);
        await Eventually.HoldsAsync(() => clock.PendingTimers == 1, "the repository waits");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(1, _store.Appends);
    }

    /// <summary>Lets another writer come first before each of the next appends.</summary>
    private void LoseRaces(int times, Func<Wallet, Decision<WalletEvent>> decide)
    {
        var left = times;
        _store.BeforeAppend = async _ =>
        {
            if (left-- > 0)
            {
                await Repository(_inner).ExecuteAsync(_stream, Command(), decide);
            }
        };
    }

    private sealed class FixedRandom(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
