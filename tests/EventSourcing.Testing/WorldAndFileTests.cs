using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.EventSourcing.Testing.Tests;

public sealed class WorldAndFileTests : IDisposable
{
    private static readonly StreamName Stream = new(Wallet.Category, "1");

    private readonly string _directory = Directory.CreateTempSubdirectory("kept-").FullName;

    private string FilePath => Path.Combine(_directory, "table.txt");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task What_is_given_is_found_by_repositories_and_followed_by_what_is_given_next()
    {
        var world = new InMemoryWorld(WalletFixtures.Registry);
        await world.GivenAsync(Stream, [new WalletEvent.Added(10)]);
        await world.Repository<Wallet, WalletEvent>().ExecuteAsync(Stream, WalletFixtures.Command(), w => Wallet.Take(w, 3));
        await world.GivenAsync(Stream, [new WalletEvent.Added(1), new WalletEvent.Added(2)]);

        Assert.Equal(10, (await world.Repository<Wallet, WalletEvent>().LoadAsync(Stream)).State.Balance);
        var events = await world.EventsAsync(Stream);
        Assert.Equal([1, 2, 3, 4], events.Select(e => e.Version));
        Assert.Equal([3, 4], (await world.EventsAsync(Stream, 3)).Select(e => e.Version));
        Assert.Equal(4, events.Select(e => e.EventId).Distinct().Count());
        Assert.Empty(await world.GivenAsync(Stream, []));
    }

    [Fact]
    public void Envelopes_follow_from_their_place_and_from_nothing_else()
    {
        var builder = new EnvelopeBuilder(WalletFixtures.Registry) { CorrelationId = "corr-7", TraceParent = "trace" };
        var stream = new StreamName(Wallet.Category, "1", "acme");

        var events = builder.Stream(stream, new WalletEvent.Added(1), new WalletEvent.Taken(1));

        Assert.Equal([1, 2], events.Select(e => e.Version));
        Assert.Equal([builder.Start.AddSeconds(1), builder.Start.AddSeconds(2)], events.Select(e => e.Time));
        Assert.Equal(("corr-7", "trace", "acme"), (events[0].Metadata.CorrelationId, events[0].Metadata.TraceParent, events[0].Metadata.Tenant));
        Assert.Equal(events[1], builder.At(stream, 2, new WalletEvent.Taken(1)));
        Assert.Equal(("money-added", 2), (events[0].Type, events[0].SchemaVersion));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.At(stream, 0, new WalletEvent.Taken(1)));
    }

    [Fact]
    public void A_kept_file_is_written_when_that_is_asked_for_and_compared_otherwise()
    {
        var file = new KeptFile(FilePath);
        Fails.With(() => file.Check("a\nb\n", isRewritten: false), "There is no file", KeptFile.RewriteVariable);

        file.Check("a\r\nb\n", isRewritten: true);

        Assert.Equal("a\nb\n", File.ReadAllText(FilePath));
        file.Check("a\nb\r\n", isRewritten: false);
    }

    [Fact]
    public void A_kept_file_that_differs_fails_with_the_lines_that_do_and_some_around_them()
    {
        new KeptFile(FilePath).Check(Numbers(50), isRewritten: true);

        var failure = Assert.Throws<SpecificationFailedException>(
            () => new KeptFile(FilePath).Check(Numbers(50).Replace("\n25\n", "\n25.5\n", StringComparison.Ordinal), isRewritten: false));

        Assert.EndsWith("  …\n  22\n  23\n  24\n- 25\n+ 25.5\n  26\n  27\n  28\n  …", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Numbers(50), File.ReadAllText(FilePath));
    }

    [Fact]
    public void The_first_and_the_last_line_can_differ_too()
    {
        new KeptFile(FilePath).Check("a\nm\nz", isRewritten: true);

        Fails.With(() => new KeptFile(FilePath).Check("b\nm\ny", isRewritten: false), "- a\n+ b\n  m\n- z\n+ y");
    }

    private static string Numbers(int count) => string.Concat(Enumerable.Range(1, count).Select(n => $"{n}\n"));
}
