using System.Collections.Concurrent;
using EventFunctions.EventSourcing.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Aggregates;

/// <summary>Repositories that keep heads and race on the same streams: no answer tells that they do.</summary>
public sealed class HeadCacheProperties
{
    private const int Repositories = 2;
    private const int WritersOfEach = 2;
    private const int Streams = 3;

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(16)]
    public void Whatever_heads_are_kept_every_answer_is_true_of_the_store_while_the_command_ran(int headCacheSize) =>
        Prop.ForAll<byte[]>(script => AnswersAsync(script, headCacheSize).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    /// <summary>Each byte is a command: what it does, on which stream, under an id of its own or one of a few.</summary>
    private static async Task<bool> AnswersAsync(byte[] script, int headCacheSize)
    {
        var inner = new InMemoryEventStore(Serializer);
        var store = new ObservedEventStore(inner)
        {
            AfterLoad = async _ => await Task.Yield(),
            BeforeAppend = async _ => await Task.Yield(),
            AfterAppend = async _ => await Task.Yield(),
        };
        var options = new AggregateRepositoryOptions { FirstDelay = TimeSpan.Zero, MaxAttempts = 1000, HeadCacheSize = headCacheSize };
        var repositories = Enumerable.Range(0, Repositories).Select(_ => Repository(store, options)).ToList();
        var streams = Enumerable.Range(0, Streams).Select(_ => NewStream()).ToList();
        var sharedIds = Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()).ToList();
        var answers = new ConcurrentBag<Answer>();
        const int Writers = Repositories * WritersOfEach;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            // Six commands of every byte, or the scripts would be over before the writers meet.
            foreach (var b in script.Where((_, i) => i % Writers == writer).SelectMany(b => Enumerable.Range(b, 6)))
            {
                answers.Add(await SendAsync(inner, repositories[writer % Repositories], streams[b % Streams], b, sharedIds));
            }
        })));

        foreach (var stream in streams)
        {
            var history = History(await inner.EventsAsync(stream));
            var own = answers.Where(a => a.Stream == stream).ToList();
            if (!own.TrueForAll(a => IsTrue(a, history)) || !IsEveryAcceptedCommandThereOnce(own, history))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<Answer> SendAsync(
        InMemoryEventStore inner, AggregateRepository<Wallet, WalletEvent> repository, StreamName stream, int b, List<Guid> sharedIds)
    {
        var before = (await inner.LoadHeadAsync(stream)).Version;
        var amount = (b % 7) + 1;
        var id = b % 5 == 0 ? sharedIds[b % sharedIds.Count] : Guid.NewGuid();
        var expected = b % 11 == 0 ? ExpectedVersion.Exactly(before) : ExpectedVersion.Any;
        var result = await repository.ExecuteAsync(
            stream,
            Command(id, expected),
            w => (b / 3 % 4) switch
            {
                0 or 1 => Wallet.Take(w, amount),
                2 => w.Balance > amount ? Decision<WalletEvent>.Accept() : Wallet.Add(w, amount),
                _ => Wallet.Add(w, amount),
            });
        var after = (await inner.LoadHeadAsync(stream)).Version;
        return new Answer(stream, id, amount, result, before, after);
    }

    /// <summary>An answer is true if it was so at some moment between the command and the answer.</summary>
    private static bool IsTrue(Answer answer, List<Step> history)
    {
        return answer.Result switch
        {
            CommandResult<Wallet>.Rejected r => IsCurrent(r.Version) && r.State == StateAt(r.Version) && r.State.Balance < answer.Amount,
            CommandResult<Wallet>.Stale s => IsCurrent(s.Actual) && !s.Expected.Matches(s.Actual),

            // Every event here is one movement, so the state of a repetition tells its version.
            CommandResult<Wallet>.Committed { IsRepetition: true } c =>
                IsCurrent(c.State.Movements) && c.State == StateAt(c.State.Movements) && history[(int)c.Version - 1].CommandId == answer.CommandId,
            CommandResult<Wallet>.Committed c => IsCurrent(c.Version) && c.State == StateAt(c.Version),
            _ => false,
        };

        bool IsCurrent(long version) => answer.Before <= version && version <= answer.After;

        Wallet StateAt(long version) => version == 0 ? Wallet.Initial : history[(int)version - 1].State;
    }

    /// <summary>Versions run from 1 without a gap, no balance is below nothing, and the commands are the accepted ones.</summary>
    private static bool IsEveryAcceptedCommandThereOnce(List<Answer> answers, List<Step> history)
    {
        var accepted = answers
            .Where(a => a.Result is CommandResult<Wallet>.Committed { IsRepetition: false } c
                && c.Version > 0 && history[(int)c.Version - 1].CommandId == a.CommandId)
            .Select(a => a.CommandId);
        return history.Select(s => s.Version).SequenceEqual(Enumerable.Range(1, history.Count).Select(v => (long)v))
            && history.TrueForAll(s => s.State.Balance >= 0)
            && history.Select(s => s.CommandId).Order().SequenceEqual(accepted.Order());
    }

    private static List<Step> History(IReadOnlyList<EventEnvelope> events)
    {
        var state = Wallet.Initial;
        return [.. events.Select(e => new Step(e.Version, e.Metadata.CommandId, state = state.Apply((WalletEvent)e.Data)))];
    }

    private sealed record Step(long Version, Guid CommandId, Wallet State);

    private sealed record Answer(
        StreamName Stream, Guid CommandId, int Amount, CommandResult<Wallet> Result, long Before, long After);
}
