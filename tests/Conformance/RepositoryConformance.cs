using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.Conformance.Tests;

/// <summary>What a repository promises on every event store, whoever else writes and however often a command is sent.</summary>
public abstract class RepositoryConformance
{
    private const int Writers = 4;
    private const int Commands = 12;

    protected abstract IEventStore Store { get; }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void Racing_writers_leave_versions_without_gaps_and_every_command_once(int headCacheSize) =>
        Prop.ForAll<byte[]>(script => RacesAsync(script, headCacheSize).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Projections_fed_by_the_store_agree_with_the_aggregate_however_messages_arrive() =>
        Prop.ForAll<byte[]>(deliveries => ProjectsAsync(deliveries).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    /// <summary>
    /// Each byte is a command; the writers take turns, two to a repository, and many bytes name the same command.
    /// </summary>
    private async Task<bool> RacesAsync(byte[] script, int headCacheSize)
    {
        var stream = NewStream();
        var options = new AggregateRepositoryOptions { FirstDelay = TimeSpan.FromMilliseconds(1), HeadCacheSize = headCacheSize };
        var repositories = Enumerable.Range(0, Writers / 2).Select(_ => Repository(Store, options)).ToList();
        var ids = Enumerable.Range(0, Commands).Select(_ => Guid.NewGuid()).ToList();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var repository = repositories[writer % repositories.Count];
            foreach (var which in script.Where((_, i) => i % Writers == writer).Select(b => b % Commands))
            {
                while (await repository.ExecuteAsync(stream, Command(ids[which]), w => Wallet.Add(w, which)) is CommandResult<Wallet>.Contended)
                {
                }
            }
        })));

        var sent = script.Select(b => b % Commands).Distinct().ToList();
        var events = await Store.EventsAsync(stream);
        var loaded = await repositories[0].LoadAsync(stream);
        return events.Select(e => e.Version).SequenceEqual(Enumerable.Range(1, sent.Count).Select(v => (long)v))
            && events.Select(e => e.Metadata.CommandId).Order().SequenceEqual(sent.Select(i => ids[i]).Order())
            && loaded.State.Balance == sent.Sum()
            && loaded.Version == sent.Count;
    }

    private async Task<bool> ProjectsAsync(byte[] deliveries)
    {
        var stream = NewStream();
        var repository = Repository(Store);
        for (var i = 1; i <= Commands; i++)
        {
            await repository.ExecuteAsync(stream, Command(), w => Wallet.Add(w, i));
        }

        var events = await Store.EventsAsync(stream);
        var views = new InMemoryViewStore();
        var handler = new ProjectionHandler<WalletView>(new WalletProjection(), views, Store);
        foreach (var delivery in deliveries.Append((byte)(Commands - 1)))
        {
            await handler.HandleAsync(events[delivery % Commands]);
        }

        var view = (await views.FindAsync<WalletView>(new ViewKey("wallets", stream.Id)))!.Current;
        return view.Version == Commands
            && view.View.Balance == (await repository.LoadAsync(stream)).State.Balance
            && view.View.Versions.SequenceEqual(events.Select(e => e.Version));
    }
}
