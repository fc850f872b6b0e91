using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Tests.Support;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Aggregates;

/// <summary>What a repository answers when the head it keeps is not the stream's any more.</summary>
public sealed class OldHeadTests
{
    private readonly InMemoryEventStore _inner = new(Serializer);
    private readonly ObservedEventStore _store;
    private readonly AggregateRepository<Wallet, WalletEvent> _repository;
    private readonly StreamName _stream = NewStream();

    public OldHeadTests()
    {
        _store = new ObservedEventStore(_inner);

        // One attempt, and a clock that stands still: an old head may cost neither an attempt nor a wait.
        _repository = Repository(_store, new AggregateRepositoryOptions { MaxAttempts = 1 }, new ManualTimeProvider());
    }

    [Fact]
    public async Task An_append_on_an_old_head_is_decided_again_without_a_wait_or_an_attempt()
    {
        await KnowAsync(5);
        await ElsewhereAsync(w => Wallet.Add(w, 10));

        var result = await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 16, 3), 3, IsRepetition: false), result);
        Assert.Equal((1, 2), _store.TakeCounts());

        await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));
        Assert.Equal((0, 1), _store.TakeCounts());
    }

    [Fact]
    public async Task An_old_head_and_a_lost_race_after_it_count_as_one_attempt()
    {
        await KnowAsync(5);
        _store.BeforeAppend = _ => ElsewhereAsync(w => Wallet.Add(w, 10));

        var result = await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));

        Assert.Equal(new CommandResult<Wallet>.Contended(1), result);
        Assert.Equal((2, 2), _store.TakeCounts());
    }

    [Fact]
    public async Task A_refusal_by_an_old_state_is_decided_again_and_accepted()
    {
        await KnowAsync(5);
        await ElsewhereAsync(w => Wallet.Add(w, 10));

        var result = await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Take(w, 12));

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 3, 3), 3, IsRepetition: false), result);
        Assert.Equal((1, 1), _store.TakeCounts());
    }

    [Fact]
    public async Task An_acceptance_by_an_old_state_is_decided_again_and_refused()
    {
        await KnowAsync(5);
        await ElsewhereAsync(w => Wallet.Take(w, 5));

        var result = await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Take(w, 5));

        var rejected = Assert.IsType<CommandResult<Wallet>.Rejected>(result);
        Assert.Equal((new Wallet(null, 0, 2), 2), (rejected.State, rejected.Version));
        Assert.Equal((1, 1), _store.TakeCounts());
        Assert.Equal(2, (await _inner.EventsAsync(_stream)).Count);
    }

    [Fact]
    public async Task A_refusal_that_stands_is_given_with_the_newest_state()
    {
        await KnowAsync(5);
        await ElsewhereAsync(w => Wallet.Add(w, 1));

        var result = await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Take(w, 12));

        var rejected = Assert.IsType<CommandResult<Wallet>.Rejected>(result);
        Assert.Equal((new Wallet(null, 6, 2), 2), (rejected.State, rejected.Version));
        Assert.Equal((1, 0), _store.TakeCounts());
    }

    [Fact]
    public async Task A_decision_without_effect_on_an_old_state_is_made_again()
    {
        await KnowAsync(5);
        await ElsewhereAsync(w => Wallet.Take(w, 5));

        var result = await _repository.ExecuteAsync(
            _stream, Command(), w => w.Balance == 0 ? Wallet.Add(w, 7) : Decision<WalletEvent>.Accept());

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 7, 3), 3, IsRepetition: false), result);
        Assert.Equal((1, 1), _store.TakeCounts());
    }

    [Fact]
    public async Task A_command_that_expects_the_newest_version_holds_though_the_kept_head_is_older()
    {
        await KnowAsync(5);
        await ElsewhereAsync(w => Wallet.Add(w, 10));

        var result = await _repository.ExecuteAsync(_stream, Command(expected: ExpectedVersion.Exactly(2)), w => Wallet.Add(w, 1));

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 16, 3), 3, IsRepetition: false), result);
        Assert.Equal((1, 1), _store.TakeCounts());
    }

    [Fact]
    public async Task A_command_that_expects_the_version_of_an_old_head_is_stale()
    {
        await KnowAsync(5);
        await ElsewhereAsync(w => Wallet.Add(w, 10));

        var result = await _repository.ExecuteAsync(_stream, Command(expected: ExpectedVersion.Exactly(1)), w => Wallet.Add(w, 1));

        Assert.Equal(new CommandResult<Wallet>.Stale(ExpectedVersion.Exactly(1), 2), result);
        Assert.Equal((1, 1), _store.TakeCounts());
    }

    [Fact]
    public async Task A_repetition_is_answered_with_the_newest_state_and_one_load()
    {
        var command = Command();
        await KnowAsync(5, command);
        await ElsewhereAsync(w => Wallet.Add(w, 10));

        var result = await _repository.ExecuteAsync(_stream, command, _ => throw new InvalidOperationException("decided again"));

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 15, 2), 1, IsRepetition: true), result);
        Assert.Equal((1, 0), _store.TakeCounts());
    }

    [Fact]
    public async Task A_command_that_ran_elsewhere_is_a_repetition_though_the_kept_head_does_not_know_it()
    {
        var command = Command();
        await KnowAsync(5);
        await ElsewhereAsync(w => Wallet.Add(w, 10), command);

        var result = await _repository.ExecuteAsync(_stream, command, w => Wallet.Add(w, 10));

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 15, 2), 2, IsRepetition: true), result);
        Assert.Equal((1, 1), _store.TakeCounts());
        Assert.Equal(2, (await _inner.EventsAsync(_stream)).Count);
    }

    [Fact]
    public async Task A_misused_command_id_is_told_by_the_newest_head()
    {
        var id = Guid.NewGuid();
        await KnowAsync(5);
        await ElsewhereAsync(w => Wallet.Add(w, 10), Command(id, fingerprint: "a"));

        Assert.IsType<CommandResult<Wallet>.Reused>(
            await _repository.ExecuteAsync(_stream, Command(id, fingerprint: "b"), w => Wallet.Add(w, 1)));
        Assert.Equal((1, 1), _store.TakeCounts());

        Assert.IsType<CommandResult<Wallet>.Reused>(
            await _repository.ExecuteAsync(_stream, Command(id, fingerprint: "b"), w => Wallet.Add(w, 1)));
        Assert.Equal((1, 0), _store.TakeCounts());
        Assert.Equal(2, (await _inner.EventsAsync(_stream)).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_append_without_an_answer_drops_the_head_and_the_retry_finds_out(bool isWritten)
    {
        await KnowAsync(5);
        var command = Command();
        _store.BeforeAppend = _ => isWritten ? Task.CompletedTask : throw new StoreUnavailableException("away");
        _store.AfterAppend = _ => throw new StoreUnavailableException("no answer");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _repository.ExecuteAsync(_stream, command, w => Wallet.Add(w, 1)));
        Assert.Equal((0, 1), _store.TakeCounts());
        _store.BeforeAppend = _ => Task.CompletedTask;
        _store.AfterAppend = _ => Task.CompletedTask;

        var result = await _repository.ExecuteAsync(_stream, command, w => Wallet.Add(w, 1));

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 6, 2), 2, IsRepetition: isWritten), result);
        Assert.Equal((1, isWritten ? 0 : 1), _store.TakeCounts());
        Assert.Equal([1, 2], (await _inner.EventsAsync(_stream)).Select(e => e.Version));
    }

    [Fact]
    public async Task An_append_too_large_is_decided_again_on_the_newest_state()
    {
        await KnowAsync(5);
        await ElsewhereAsync(w => Wallet.Take(w, 4));
        _store.BeforeAppend = append => append.Events.Count > 1
            ? throw new AppendTooLargeException(_stream, append.Events.Count + 1, 2, 0, 0)
            : Task.CompletedTask;

        // An event for every unit of the balance: too many in the old state.
        var result = await _repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, new int[w.Balance]));

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 1, 3), 3, IsRepetition: false), result);
        Assert.Equal((1, 2), _store.TakeCounts());

        await Assert.ThrowsAsync<AppendTooLargeException>(
            () => _repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1, 1)));
    }

    /// <summary>Leaves the repository with the stream's head at version 1.</summary>
    private async Task KnowAsync(int balance, CommandContext? command = null)
    {
        await _repository.ExecuteAsync(_stream, command ?? Command(), w => Wallet.Add(w, balance));
        _store.TakeCounts();
    }

    /// <summary>Another process appends to the stream.</summary>
    private async Task ElsewhereAsync(Func<Wallet, Decision<WalletEvent>> decide, CommandContext? command = null) =>
        Assert.IsType<CommandResult<Wallet>.Committed>(await Repository(_inner).ExecuteAsync(_stream, command ?? Command(), decide));
}
