using EventFunctions.EventSourcing.Tests.Sample;
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
}
