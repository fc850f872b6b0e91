using EventFunctions.EventSourcing.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Aggregates;

public sealed class FailingStoreTests
{
    private readonly InMemoryEventStore _inner = new(Serializer);
    private readonly StreamName _stream = NewStream();

    [Fact]
    public async Task A_store_that_fails_before_writing_leaves_nothing()
    {
        var store = new ObservedEventStore(_inner) { BeforeAppend = _ => throw new StoreUnavailableException("away") };

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => Repository(store).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 5, 7)));

        Assert.Same(StreamHead.Absent, await _inner.LoadHeadAsync(_stream));
        Assert.Empty(await _inner.EventsAsync(_stream));
    }

    [Fact]
    public async Task An_event_that_cannot_be_written_leaves_none_of_its_append()
    {
        var repository = Repository(_inner);
        await repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));
        var before = await _inner.LoadHeadAsync(_stream);

        await Assert.ThrowsAsync<InvalidEventException>(() => repository.ExecuteAsync(
            _stream, Command(), _ => Decision<WalletEvent>.Accept(new WalletEvent.Added(1), new WalletEvent.Opened("ann", (WalletKind)99))));

        Assert.Equal(before, await _inner.LoadHeadAsync(_stream));
        Assert.Single(await _inner.EventsAsync(_stream));
    }

    [Fact]
    public async Task An_append_whose_answer_was_lost_is_found_by_the_retry()
    {
        var store = new ObservedEventStore(_inner) { AfterAppend = _ => throw new StoreUnavailableException("no answer") };
        var command = Command();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Repository(store).ExecuteAsync(_stream, command, w => Wallet.Add(w, 5)));

        var result = await Repository(_inner).ExecuteAsync(_stream, command, w => Wallet.Add(w, 5));

        Assert.Equal(new CommandResult<Wallet>.Committed(new Wallet(null, 5, 1), 1, IsRepetition: true), result);
    }

    [Fact]
    public void Commands_retried_through_random_failures_take_effect_exactly_once() =>
        Prop.ForAll<byte[]>(script => RunAsync(script).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    /// <summary>Each byte is a command; its low bits say how the store fails before the command comes through.</summary>
    private static async Task<bool> RunAsync(byte[] script)
    {
        var inner = new InMemoryEventStore(Serializer);
        var store = new ObservedEventStore(inner);
        var repository = Repository(store);
        var stream = NewStream();
        for (var i = 0; i < script.Length; i++)
        {
            var command = Command();
            var failures = new Queue<bool>(Enumerable.Range(0, script[i] & 3).Select(bit => (script[i] & (4 << bit)) != 0));
            while (!await TryAsync(repository, store, stream, command, script[i], failures))
            {
            }
        }

        var events = await inner.EventsAsync(stream);
        return events.Select(e => ((WalletEvent.Added)e.Data).Amount).SequenceEqual(script.Select(b => (int)b))
            && events.Select(e => e.EventId).Distinct().Count() == script.Length;
    }

    private static async Task<bool> TryAsync(
        AggregateRepository<Wallet, WalletEvent> repository,
        ObservedEventStore store,
        StreamName stream,
        CommandContext command,
        int amount,
        Queue<bool> failures)
    {
        var fails = failures.TryDequeue(out var isWritten);
        store.BeforeAppend = _ => fails && !isWritten ? throw new StoreUnavailableException("away") : Task.CompletedTask;
        store.AfterAppend = _ => fails ? throw new StoreUnavailableException("no answer") : Task.CompletedTask;
        try
        {
            return await repository.ExecuteAsync(stream, command, w => Wallet.Add(w, amount)) is CommandResult<Wallet>.Committed;
        }
        catch (StoreUnavailableException)
        {
            // What a caller does with it: the same command again.
            return false;
        }
    }
}
