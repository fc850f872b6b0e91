using EventFunctions.EventSourcing.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Aggregates;

public sealed class RepetitionTests
{
    private readonly InMemoryEventStore _store = new(Serializer);
    private readonly StreamName _stream = NewStream();

    [Fact]
    public async Task The_same_command_id_returns_what_the_first_run_produced_and_does_not_decide()
    {
        var repository = Repository(_store);
        var command = Command();
        await repository.ExecuteAsync(_stream, command, w => Wallet.Add(w, 5, 7));
        await repository.ExecuteAsync(_stream, Command(), w => Wallet.Take(w, 2));

        var result = await repository.ExecuteAsync(_stream, command, _ => throw new InvalidOperationException("decided again"));

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 10, 3), 2, IsRepetition: true), result);
        Assert.Equal(3, (await _store.EventsAsync(_stream)).Count);
    }

    [Fact]
    public async Task A_repetition_is_recognised_before_its_expected_version_is_checked()
    {
        var repository = Repository(_store);
        var command = Command(expected: ExpectedVersion.NoStream);
        await repository.ExecuteAsync(_stream, command, w => Wallet.Open(w, "ann"));

        var result = await repository.ExecuteAsync(_stream, command, w => Wallet.Open(w, "ann"));

        Assert.True(Assert.IsType<CommandResult<Wallet>.Committed>(result).IsRepetition);
    }

    [Theory]
    [InlineData("a", "a", false)]
    [InlineData("a", "b", true)]
    [InlineData("a", null, false)]
    [InlineData(null, "b", false)]
    public async Task The_same_id_with_another_fingerprint_is_a_misuse(string? first, string? second, bool isReused)
    {
        var repository = Repository(_store);
        var id = Guid.NewGuid();
        await repository.ExecuteAsync(_stream, Command(id, fingerprint: first), w => Wallet.Add(w, 5));

        var result = await repository.ExecuteAsync(_stream, Command(id, fingerprint: second), w => Wallet.Add(w, 5));

        Assert.Equal(isReused, result is CommandResult<Wallet>.Reused);
        Assert.Equal(!isReused, result is CommandResult<Wallet>.Committed { IsRepetition: true });
        Assert.Single(await _store.EventsAsync(_stream));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task A_command_with_a_fingerprint_is_not_forgotten_for_commands_without(int headCacheSize)
    {
        var options = new AggregateRepositoryOptions { CommandHistoryLength = 2, HeadCacheSize = headCacheSize };
        var repository = Repository(_store, options);
        var sent = new[] { Command(fingerprint: "a"), Command(fingerprint: "b") };
        foreach (var command in sent.Concat(Enumerable.Range(0, 20).Select(_ => Command())))
        {
            await repository.ExecuteAsync(_stream, command, w => Wallet.Add(w, 1));
        }

        foreach (var (command, version) in sent.Zip([1, 2]))
        {
            var result = Assert.IsType<CommandResult<Wallet>.Committed>(await repository.ExecuteAsync(_stream, command, w => Wallet.Add(w, 1)));
            Assert.Equal((true, version), (result.IsRepetition, result.Version));
        }

        Assert.Equal(22, (await _store.EventsAsync(_stream)).Count);
        Assert.Equal([1, 2, 21, 22], (await _store.LoadHeadAsync(_stream)).Commands.Select(c => c.Version));
    }

    [Fact]
    public async Task A_command_that_is_forgotten_is_decided_again()
    {
        var repository = Repository(_store, new AggregateRepositoryOptions { CommandHistoryLength = 1 });
        var command = Command();
        await repository.ExecuteAsync(_stream, command, w => Wallet.Open(w, "ann"));
        await repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));

        // The state tells what the history cannot any more.
        Assert.IsType<CommandResult<Wallet>.Rejected>(await repository.ExecuteAsync(_stream, command, w => Wallet.Open(w, "ann")));
        Assert.Equal(2, (await _store.EventsAsync(_stream)).Count);
    }

    [Fact]
    public void The_history_keeps_the_newest_of_each_kind_in_order() =>
        Prop.ForAll<bool[], PositiveInt>((kinds, length) =>
            KeepsNewestAsync(kinds, Math.Min(length.Get, 1000)).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_history_that_was_longer_is_cut_to_the_length_of_now()
    {
        var generous = Repository(_store);
        for (var version = 1; version <= 9; version++)
        {
            await generous.ExecuteAsync(_stream, Command(fingerprint: version < 5 ? "f" : null), w => Wallet.Add(w, 1));
        }

        await Repository(_store, new AggregateRepositoryOptions { CommandHistoryLength = 2 }).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));

        Assert.Equal([3, 4, 9, 10], (await _store.LoadHeadAsync(_stream)).Commands.Select(c => c.Version));
    }

    [Fact]
    public async Task The_history_is_bounded_and_forgets_the_oldest_command_first()
    {
        var repository = Repository(_store, new AggregateRepositoryOptions { CommandHistoryLength = 2 });
        var commands = Enumerable.Range(0, 3).Select(_ => Command()).ToList();
        foreach (var command in commands)
        {
            await repository.ExecuteAsync(_stream, command, w => Wallet.Add(w, 1));
        }

        var head = await _store.LoadHeadAsync(_stream);

        Assert.Equal([(commands[1].CommandId, 2), (commands[2].CommandId, 3)], head.Commands.Select(c => (c.CommandId, c.Version)));
    }

    private static async Task<bool> KeepsNewestAsync(bool[] kinds, int length)
    {
        var store = new InMemoryEventStore(Serializer);
        var repository = Repository(store, new AggregateRepositoryOptions { CommandHistoryLength = length });
        var stream = NewStream();
        var commands = kinds.Select(isOfSender => Command(fingerprint: isOfSender ? "f" : null)).ToList();
        foreach (var command in commands)
        {
            await repository.ExecuteAsync(stream, command, w => Wallet.Add(w, 1));
        }

        var expected = commands.Select((command, i) => new HandledCommand(command.CommandId, i + 1, command.Fingerprint))
            .GroupBy(command => command.Fingerprint)
            .SelectMany(kind => kind.TakeLast(length))
            .OrderBy(command => command.Version);
        return (await store.LoadHeadAsync(stream)).Commands.SequenceEqual(expected);
    }
}
