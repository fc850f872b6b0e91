using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.Conformance.Tests;

/// <summary>A stream whose first events are archived is the stream it was, on every store and wherever the archiving is interrupted.</summary>
public abstract class ArchiveConformance
{
    private const int Length = 250;
    private readonly StreamName _stream = NewStream();

    protected abstract StorePorts Ports { get; }

    [Theory]
    [InlineData(1L)]
    [InlineData(100L)]
    [InlineData(101L)]
    [InlineData(249L)]
    [InlineData(null)]
    public async Task An_archived_stream_reads_as_before_from_every_version(long? through)
    {
        var before = await FillAsync(_stream);

        var result = Assert.IsType<ArchiveResult.Archived>(await Archiver().ArchiveAsync(_stream, Request(through)));

        var last = through ?? Length - 1;
        Assert.True(result.IsDone);
        Assert.Equal((last, 1, last), (result.Tombstone.Through, result.Tombstone.KeptFrom, result.Deleted));
        Assert.Equal(Length - last, (await Ports.Items.ReadAsync(_stream, 1, EventDocument.MaxVersion)).Count);
        Assert.Equal(last, (await Ports.Archive.ReadAsync(_stream, 1, EventDocument.MaxVersion)).Count);
        foreach (var from in (long[])[1, 2, last, last + 1, Length, Length + 1, Length + 1000])
        {
            Assert.Equal(before.Where(e => e.Version >= from), await Ports.Store.EventsAsync(_stream, from));
        }

        Assert.Equal(before[0], await Ports.Lookup.FindAsync(_stream, 1));
        Assert.Equal(before[^1], await Ports.Lookup.FindAsync(_stream, Length));
        Assert.Null(await Ports.Lookup.FindAsync(_stream, Length + 1));
    }

    [Fact]
    public async Task An_archived_stream_takes_commands_and_knows_the_commands_it_has_handled()
    {
        var repository = Repository(Ports.Store);
        var first = Command();
        await repository.ExecuteAsync(_stream, first, w => Wallet.Add(w, 1, 2, 3));
        await Archiver().ArchiveAsync(_stream, Request());

        Assert.True(Assert.IsType<CommandResult<Wallet>.Committed>(
            await Repository(Ports.Store).ExecuteAsync(_stream, first, w => Wallet.Add(w, 1, 2, 3))).IsRepetition);
        await repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 4));

        Assert.Equal(new Loaded<Wallet>(new Wallet(null, 10, 4), 4), await Repository(Ports.Store).LoadAsync(_stream));
        Assert.Equal([1, 2, 3, 4], (await Ports.Store.EventsAsync(_stream)).Select(e => e.Version));
    }

    [Fact]
    public async Task A_snapshot_of_another_schema_is_rebuilt_through_the_archive()
    {
        await FillAsync(_stream);
        var head = await Ports.Store.LoadHeadAsync(_stream);
        var outdated = head.Snapshot! with { Schema = Wallet.StateSchema - 1 };
        await Ports.Items.RestoreAsync(new StreamRestoration(_stream, head.Token, head with { Snapshot = outdated }, []));

        await Archiver().ArchiveAsync(_stream, Request());

        Assert.Equal(new Wallet(null, Length, Length), (await Repository(Ports.Store).LoadAsync(_stream)).State);
    }

    [Fact]
    public async Task Archiving_further_keeps_the_copies_there_are_and_continues_the_checksum()
    {
        var before = await FillAsync(_stream);
        await Archiver().ArchiveAsync(_stream, Request(60));
        await Archiver().ArchiveAsync(_stream, Request(200));
        var again = Assert.IsType<ArchiveResult.Archived>(await Archiver().ArchiveAsync(_stream, Request(130)));

        var copies = (await Ports.Archive.ReadAsync(_stream, 1, EventDocument.MaxVersion)).Select(c => c.ToDocument()).ToList();
        Assert.Equal((200, 1, 0), (again.Tombstone.Through, again.Tombstone.KeptFrom, again.Deleted));
        Assert.Equal(copies.Aggregate(ChecksumChain.Start, ChecksumChain.After), again.Tombstone.Checksum);
        Assert.Equal(before, await Ports.Store.EventsAsync(_stream));
    }

    [Fact]
    public async Task Without_a_copy_the_state_stays_and_older_events_are_refused_by_name()
    {
        await FillAsync(_stream);
        await Archiver().ArchiveAsync(_stream, Request(60));

        var result = Assert.IsType<ArchiveResult.Archived>(await Archiver().ArchiveAsync(_stream, Request(100) with { KeepCopy = false }));

        Assert.False(result.Tombstone.HasCopies);
        Assert.Empty(await Ports.Archive.ReadAsync(_stream, 1, EventDocument.MaxVersion));
        Assert.Equal(new Wallet(null, Length, Length), (await Repository(Ports.Store).LoadAsync(_stream)).State);
        Assert.Equal(Length - 100, (await Ports.Store.EventsAsync(_stream, 101)).Count);
        var refused = await Assert.ThrowsAsync<StreamTruncatedException>(() => Ports.Store.EventsAsync(_stream, 100));
        Assert.Equal((100, 101), (refused.Version, refused.FirstAvailable));
        await Assert.ThrowsAsync<StreamTruncatedException>(() => Ports.Lookup.FindAsync(_stream, 1));

        await Archiver().ArchiveAsync(_stream, Request(180));
        Assert.Equal(Length - 100, (await Ports.Store.EventsAsync(_stream, 101)).Count);
        Assert.Equal(101, (await Assert.ThrowsAsync<StreamTruncatedException>(() => Ports.Store.EventsAsync(_stream, 5))).FirstAvailable);
    }

    [Fact]
    public async Task The_copies_can_be_given_up_later()
    {
        await FillAsync(_stream);
        await Archiver().ArchiveAsync(_stream, Request(100));
        var checksum = (await Ports.Tombstones.FindAsync(_stream))!.Tombstone.Checksum;

        var result = Assert.IsType<ArchiveResult.Archived>(await Archiver().ArchiveAsync(_stream, Request(100) with { KeepCopy = false }));

        Assert.Equal((100, 101, checksum), (result.Tombstone.Through, result.Tombstone.KeptFrom, result.Tombstone.Checksum));
        Assert.Empty(await Ports.Archive.ReadAsync(_stream, 1, EventDocument.MaxVersion));
    }

    [Fact]
    public async Task What_the_snapshot_does_not_cover_stays()
    {
        Assert.IsType<ArchiveResult.Absent>(await Archiver().ArchiveAsync(_stream, Request()));
        await FillAsync(_stream);
        Assert.Equal("beyond-snapshot", Assert.IsType<ArchiveResult.Refused>(await Archiver().ArchiveAsync(_stream, Request(Length + 1))).Code);

        Assert.Equal("newest-event", Assert.IsType<ArchiveResult.Refused>(await Archiver().ArchiveAsync(_stream, Request(Length))).Code);

        var head = await Ports.Store.LoadHeadAsync(_stream);
        var outdated = head.Snapshot! with { Schema = Wallet.StateSchema - 1 };
        await Ports.Items.RestoreAsync(new StreamRestoration(_stream, head.Token, head with { Snapshot = outdated }, []));
        Assert.Equal(
            "snapshot-not-usable",
            Assert.IsType<ArchiveResult.Refused>(await Archiver().ArchiveAsync(_stream, Request() with { KeepCopy = false })).Code);

        head = await Ports.Store.LoadHeadAsync(_stream);
        await Ports.Items.RestoreAsync(new StreamRestoration(_stream, head.Token, head with { Snapshot = null }, []));
        Assert.Equal("no-snapshot", Assert.IsType<ArchiveResult.Refused>(await Archiver().ArchiveAsync(_stream, Request())).Code);
        Assert.Equal(Length, (await Ports.Items.ReadAsync(_stream, 1, EventDocument.MaxVersion)).Count);
        Assert.Null(await Ports.Tombstones.FindAsync(_stream));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task Wherever_it_is_interrupted_nothing_is_lost_and_the_next_run_finishes(bool isAnswerLost, bool keepCopy)
    {
        var request = Request(180) with { KeepCopy = keepCopy };
        var hasFailed = true;
        for (var failAt = 1; hasFailed; failAt++)
        {
            var stream = NewStream();
            var before = await FillAsync(stream);
            var failing = new FailingPorts(Ports) { FailAt = failAt, IsAnswerLost = isAnswerLost };
            hasFailed = await FailsAsync(failing.Ports, stream, request);

            await IsWholeAsync(stream, before, keepCopy);
            await Repository(Ports.Store).ExecuteAsync(stream, Command(), w => Wallet.Add(w, 1));
            var result = Assert.IsType<ArchiveResult.Archived>(await Archiver().ArchiveAsync(stream, request));

            Assert.Equal((180, keepCopy ? 1 : 181), (result.Tombstone.Through, result.Tombstone.KeptFrom));
            Assert.Equal(Length + 1 - 180, (await Ports.Items.ReadAsync(stream, 1, EventDocument.MaxVersion)).Count);
            Assert.Equal(keepCopy ? 180 : 0, (await Ports.Archive.ReadAsync(stream, 1, EventDocument.MaxVersion)).Count);
            await IsWholeAsync(stream, before, keepCopy);
            Assert.True(hasFailed || failAt > 10, $"only {failing.Operations} operations were seen");
        }
    }

    [Fact]
    public async Task A_projection_that_meets_an_archived_stream_by_its_newest_event_shows_all_of_it()
    {
        await FillAsync(_stream);
        await Archiver().ArchiveAsync(_stream, Request());
        var newest = Serializer.Read(Assert.Single(await Ports.Items.ReadAsync(_stream, 1, EventDocument.MaxVersion)).ToDocument());
        var views = new InMemoryViewStore();
        var handler = new ProjectionHandler<WalletView>(new WalletProjection(), views, Ports.Store);

        await handler.HandleAsync(newest);

        var view = (await views.FindAsync<WalletView>(new WalletProjection().KeyOf(newest)))!.Current;
        Assert.Equal((Length, Length), (view.Version, view.View.Balance));
        Assert.Equal(Enumerable.Range(1, Length).Select(v => (long)v), view.View.Versions);
    }

    [Fact]
    public async Task Appends_go_on_while_a_stream_is_archived()
    {
        await FillAsync(_stream);
        var repository = Repository(Ports.Store);
        var writer = Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                Assert.IsType<CommandResult<Wallet>.Committed>(await repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1)));
            }
        });
        var reader = Task.Run(async () =>
        {
            do
            {
                var versions = (await Ports.Store.EventsAsync(_stream)).Select(e => e.Version).ToList();
                Assert.Equal(Enumerable.Range(1, versions.Count).Select(v => (long)v), versions);
                Assert.InRange(versions.Count, Length, Length + 40);
            }
            while (!writer.IsCompleted);
        });

        for (var through = 20L; through < Length; through += 46)
        {
            Assert.IsType<ArchiveResult.Archived>(await Archiver().ArchiveAsync(_stream, Request(through)));
        }

        await Task.WhenAll(writer, reader);
        Assert.Equal(Length + 40, (await Ports.Store.EventsAsync(_stream)).Count);
        Assert.Equal(new Wallet(null, Length + 40, Length + 40), (await Repository(Ports.Store).LoadAsync(_stream)).State);
    }

    private static ArchiveRequest Request(long? through = null) => new(through, "the year is over", "ann");

    private static async Task<bool> FailsAsync(StorePorts ports, StreamName stream, ArchiveRequest request)
    {
        try
        {
            await Archiver(ports).ArchiveAsync(stream, request);
            return false;
        }
        catch (StoreUnavailableException)
        {
            return true;
        }
    }

    private static StreamArchiver Archiver(StorePorts ports) => new(
        ports.Store,
        ports.Items,
        ports.Archive,
        ports.Tombstones,
        [new SnapshotCheck<Wallet, WalletEvent>()],
        new ArchiveOptions(TimeSpan.Zero),
        TimeProvider.System);

    private StreamArchiver Archiver() => Archiver(Ports);

    private async Task IsWholeAsync(StreamName stream, IReadOnlyList<EventEnvelope> before, bool keepCopy)
    {
        var hasCopies = keepCopy || await Ports.Tombstones.FindAsync(stream) is null;
        var from = hasCopies ? 1 : 181;
        var events = await Ports.Store.EventsAsync(stream, from);
        Assert.Equal(before.Where(e => e.Version >= from), events.Where(e => e.Version <= Length));
        Assert.Equal(events.Count + from - 1, (await Repository(Ports.Store).LoadAsync(stream)).State.Movements);
    }

    /// <summary>A stream of many events of 1 each, with a snapshot at its end.</summary>
    private async Task<IReadOnlyList<EventEnvelope>> FillAsync(StreamName stream)
    {
        for (var written = 0; written < Length;)
        {
            var count = Math.Min(99, Length - written);
            await Repository(Ports.Store).ExecuteAsync(stream, Command(), w => Wallet.Add(w, [.. Enumerable.Repeat(1, count)]));
            written += count;
        }

        return await Ports.Store.EventsAsync(stream);
    }
}
