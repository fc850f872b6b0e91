using EventFunctions.EventSourcing.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Aggregates;

public sealed class RepositoryProperties
{
    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void The_state_is_the_fold_of_the_events_in_version_order(int headCacheSize) =>
        Prop.ForAll<short[]>(amounts => FoldsAsync(amounts, headCacheSize).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void However_often_command_ids_repeat_each_takes_effect_once_and_answers_the_same(int headCacheSize) =>
        Prop.ForAll<byte[]>(script => RepeatsAsync(script, headCacheSize).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void Concurrent_writers_leave_versions_without_gaps_and_every_command_once(int headCacheSize) =>
        Prop.ForAll<byte[]>(script => RacesAsync(script, headCacheSize).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    private static async Task<bool> FoldsAsync(short[] amounts, int headCacheSize)
    {
        var store = new InMemoryEventStore(Serializer);
        var repository = Repository(store, new AggregateRepositoryOptions { HeadCacheSize = headCacheSize });
        var stream = NewStream();
        foreach (var amount in amounts)
        {
            await repository.ExecuteAsync(
                stream, Command(), w => amount >= 0 ? Wallet.Add(w, amount, amount / 2) : Wallet.Take(w, -amount));
        }

        var events = await store.EventsAsync(stream);
        var folded = events.Aggregate(Wallet.Initial, (w, e) => w.Apply((WalletEvent)e.Data));
        return await repository.LoadAsync(stream) == new Loaded<Wallet>(folded, events.Count)
            && folded.Balance >= 0
            && AreSuccessive(events);
    }

    private static async Task<bool> RepeatsAsync(byte[] script, int headCacheSize)
    {
        var store = new InMemoryEventStore(Serializer);
        var repository = Repository(store, new AggregateRepositoryOptions { HeadCacheSize = headCacheSize });
        var stream = NewStream();
        var ids = Enumerable.Range(0, 7).Select(_ => Guid.NewGuid()).ToList();
        var firstVersions = new Dictionary<int, long>();
        foreach (var b in script)
        {
            var which = b % ids.Count;
            var result = (CommandResult<Wallet>.Committed)await repository.ExecuteAsync(stream, Command(ids[which]), w => Wallet.Add(w, which, which));
            var isFirst = firstVersions.TryAdd(which, result.Version);
            if (result.IsRepetition == isFirst || firstVersions[which] != result.Version)
            {
                return false;
            }
        }

        var events = await store.EventsAsync(stream);
        return AreSuccessive(events)
            && events.Count == 2 * firstVersions.Count
            && events.GroupBy(e => e.Metadata.CommandId).All(g => g.Count() == 2)
            && events.Select(e => e.EventId).Distinct().Count() == events.Count;
    }

    private static async Task<bool> RacesAsync(byte[] script, int headCacheSize)
    {
        var inner = new InMemoryEventStore(Serializer);
        var store = new ObservedEventStore(inner) { BeforeAppend = async _ => await Task.Yield() };
        var repository = Repository(store, new AggregateRepositoryOptions { FirstDelay = TimeSpan.Zero, HeadCacheSize = headCacheSize });
        var stream = NewStream();
        var ids = Enumerable.Range(0, 32).Select(_ => Guid.NewGuid()).ToList();
        var writers = script.Chunk(8).Select(part => Task.Run(async () =>
        {
            foreach (var which in part.Select(b => b % ids.Count))
            {
                while (await repository.ExecuteAsync(stream, Command(ids[which]), w => Wallet.Add(w, which)) is CommandResult<Wallet>.Contended)
                {
                }
            }
        }));
        await Task.WhenAll(writers);

        var events = await inner.EventsAsync(stream);
        var sent = script.Select(b => b % ids.Count).Distinct().ToList();
        return AreSuccessive(events)
            && events.Select(e => e.Metadata.CommandId).Order().SequenceEqual(sent.Select(i => ids[i]).Order())
            && (await repository.LoadAsync(stream)).State.Balance == sent.Sum();
    }

    private static bool AreSuccessive(IReadOnlyList<EventEnvelope> events) =>
        events.Select(e => e.Version).SequenceEqual(Enumerable.Range(1, events.Count).Select(v => (long)v));
}
