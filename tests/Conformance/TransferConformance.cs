using System.Text;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.Conformance.Tests;

/// <summary>What goes out of one store comes into another as it was.</summary>
public abstract class TransferConformance
{
    /// <summary>Where streams are imported; other tests may have left streams of their own there.</summary>
    protected abstract StorePorts Target { get; }

    [Fact]
    public void An_export_of_an_import_is_the_export() =>
        Prop.ForAll<byte[]>(script => RoundTripAsync(script).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    [Fact]
    public async Task An_imported_stream_is_worked_with_like_any_other()
    {
        var (stream, source) = await FilledAsync(120);
        var id = (await source.Store.LoadHeadAsync(stream)).Commands[^1].CommandId;

        var report = await ImportAsync(await ExportAsync(source, stream));

        Assert.Equal(new ImportReport(1, 120, 120, 0, 0, []), report with { Problems = [] });
        Assert.Empty(report.Problems);
        Assert.Equal(await source.Store.EventsAsync(stream), await Target.Store.EventsAsync(stream));
        var repository = Repository(Target.Store);
        Assert.True(Assert.IsType<CommandResult<Wallet>.Committed>(
            await repository.ExecuteAsync(stream, Command(id), w => Wallet.Add(w, 1))).IsRepetition);
        await repository.ExecuteAsync(stream, Command(), w => Wallet.Add(w, 1));
        Assert.Equal(new Loaded<Wallet>(new Wallet(null, 121, 121), 121), await Repository(Target.Store).LoadAsync(stream));
    }

    [Fact]
    public async Task Events_of_former_code_come_over_and_into_the_archive_as_they_are_stored()
    {
        var stream = NewStream();
        var documents = new[]
        {
            FormerCode.Serializer.Write(FormerCode.Envelope(stream, 1, new FormerCode.MoneyAdded(5))),
            FormerCode.Serializer.Write(FormerCode.Envelope(stream, 2, new FormerCode.MoneyPutIn(7))),
        };
        var source = StorePorts.InMemory();
        await source.Items.RestoreAsync(new StreamRestoration(stream, null, new StreamHead(2, null, documents[1].Time, null, []), documents));

        Assert.Equal((2, 0, 0), Counts(await ImportAsync(await ExportAsync(source, stream))));
        await Repository(Target.Store).ExecuteAsync(stream, Command(), w => Wallet.Add(w, 1));
        var archiver = new StreamArchiver(
            Target.Store, Target.Items, Target.Archive, Target.Tombstones, [new SnapshotCheck<Wallet, WalletEvent>()], new ArchiveOptions(TimeSpan.Zero), TimeProvider.System);
        Assert.IsType<ArchiveResult.Archived>(await archiver.ArchiveAsync(stream, new ArchiveRequest(2, "test", "ann")));

        var copies = (await Target.Archive.ReadAsync(stream, 1, 2)).Select(c => c.ToDocument()).ToList();
        Assert.Equal([("money-added", 1), ("money-put-in", 1)], copies.Select(c => (c.Type, c.SchemaVersion)));
        Assert.Equal(documents.Select(d => d.Data.GetRawText()), copies.Select(c => c.Data.GetRawText()));
        Assert.Equal([5, 7, 1], (await Target.Store.EventsAsync(stream)).Select(e => ((WalletEvent.Added)e.Data).Amount));
        Assert.Equal(new Wallet(null, 13, 3), (await Repository(Target.Store).LoadAsync(stream)).State);
    }

    [Fact]
    public async Task Importing_again_changes_nothing_and_importing_more_adds_the_rest()
    {
        var (stream, source) = await FilledAsync(30);
        var early = await ExportAsync(source, stream);
        await ImportAsync(early);
        var token = (await Target.Store.LoadHeadAsync(stream)).Token;

        Assert.Equal((0, 30, 0), Counts(await ImportAsync(early)));
        Assert.Equal(token, (await Target.Store.LoadHeadAsync(stream)).Token);

        await Repository(source.Store).ExecuteAsync(stream, Command(), w => Wallet.Add(w, 1, 1));
        var late = await ExportAsync(source, stream);
        Assert.Equal((2, 30, 0), Counts(await ImportAsync(late)));
        Assert.Equal(late[1..^1].Select(Text), (await ExportAsync(Target, stream))[1..^1].Select(Text));
        Assert.Equal((0, 30, 0), Counts(await ImportAsync(early)));
        Assert.Equal(32, (await Target.Store.LoadHeadAsync(stream)).Version);
    }

    [Fact]
    public async Task An_event_that_is_there_with_other_content_is_refused_and_nothing_is_overwritten()
    {
        var (stream, source) = await FilledAsync(3);
        await Repository(Target.Store).ExecuteAsync(stream, Command(), w => Wallet.Add(w, 7));
        var before = await Target.Store.EventsAsync(stream);

        var report = await ImportAsync(await ExportAsync(source, stream));

        Assert.Equal((0, 0, 3), Counts(report));
        Assert.Equal([(2, 1L), (3, 2L), (4, 3L)], report.Problems.Select(p => (p.Line, p.Version!.Value)));
        Assert.Contains("another event of this version", report.Problems[0].Cause, StringComparison.Ordinal);
        Assert.Equal(before, await Target.Store.EventsAsync(stream));
    }

    [Fact]
    public async Task Events_beyond_the_stream_are_refused_until_those_between_are_there()
    {
        var (stream, source) = await FilledAsync(2500);
        var chunks = await ChunksAsync(source, new ExportRequest("test", stream));
        Assert.Equal(3, chunks.Count);

        var early = await ImportAsync(chunks[1]);
        Assert.Equal((0, 0, 1000), Counts(early));
        Assert.Contains("at version 0", early.Problems[0].Cause, StringComparison.Ordinal);

        foreach (var chunk in chunks)
        {
            Assert.Equal(0, (await ImportAsync(chunk)).Refused);
        }

        Assert.Equal(await source.Store.EventsAsync(stream), await Target.Store.EventsAsync(stream));
        Assert.Equal(2500, (await Repository(Target.Store).LoadAsync(stream)).State.Movements);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wherever_an_import_is_interrupted_the_next_one_ends_with_the_same_stream(bool isAnswerLost)
    {
        var hasFailed = true;
        for (var failAt = 1; hasFailed; failAt++)
        {
            var (stream, source) = await FilledAsync(150);
            var chunk = await ExportAsync(source, stream);
            var failing = new FailingPorts(Target) { FailAt = failAt, IsAnswerLost = isAnswerLost };
            try
            {
                await ImportAsync(chunk, failing.Ports);
                hasFailed = false;
            }
            catch (StoreUnavailableException)
            {
                // As asked for.
            }

            Assert.Equal(0, (await ImportAsync(chunk)).Refused);
            Assert.Equal(chunk[1..^1].Select(Text), (await ExportAsync(Target, stream))[1..^1].Select(Text));
            Assert.True(hasFailed || failAt > 3);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_archived_stream_is_exported_whole_or_with_what_stands_for_what_is_gone(bool keepCopy)
    {
        var (stream, source) = await FilledAsync(40);
        var whole = await ExportAsync(source, stream);
        var archiver = new StreamArchiver(
            source.Store, source.Items, source.Archive, source.Tombstones, [new SnapshotCheck<Wallet, WalletEvent>()], new ArchiveOptions(TimeSpan.Zero), TimeProvider.System);
        await archiver.ArchiveAsync(stream, new ArchiveRequest(25, "test", "ann", keepCopy));

        var export = await ExportAsync(source, stream);
        var report = await ImportAsync(export);

        Assert.Equal((keepCopy ? 40 : 15, 0, 0), Counts(report));
        Assert.Equal(keepCopy ? whole.Count : whole.Count - 25 + 1, export.Count);
        Assert.Equal(export[1..^1].Select(Text), (await ExportAsync(Target, stream))[1..^1].Select(Text));
        Assert.Equal(new Wallet(null, 40, 40), (await Repository(Target.Store).LoadAsync(stream)).State);
        Assert.Equal(0, (await ImportAsync(export)).Written);
    }

    [Fact]
    public async Task All_streams_are_exported_in_chunks_and_each_stream_is_in_them_once()
    {
        var source = StorePorts.InMemory();
        var streams = new List<StreamName>();
        for (var i = 0; i < 130; i++)
        {
            streams.Add(NewStream());
            await Repository(source.Store).ExecuteAsync(streams[i], Command(), w => Wallet.Add(w, [.. Enumerable.Repeat(1, 1 + (i % 40))]));
        }

        var chunks = await ChunksAsync(source, new ExportRequest("test"));
        Assert.True(chunks.Count > 1);
        var parsed = chunks.Select(c => ExportChunk.Parse(c.SelectMany(l => l).ToArray())).ToList();
        Assert.Equal(streams.Select(s => s.Value).Order(), parsed.SelectMany(c => c.Lines).Where(l => l.Content.Head is not null).Select(l => l.Content.Stream).Order());
        Assert.Equal(parsed[..^1].Select(c => c.Check), parsed[1..].Select(c => c.Header.After));

        var reports = new List<ImportReport>();
        foreach (var chunk in chunks)
        {
            reports.Add(await ImportAsync(chunk));
        }

        Assert.Equal(Enumerable.Range(0, 130).Sum(i => 1 + (i % 40)), reports.Sum(r => r.Written));
        foreach (var stream in streams)
        {
            Assert.Equal(await source.Store.EventsAsync(stream), await Target.Store.EventsAsync(stream));
        }
    }

    private static (int Written, int Skipped, int Refused) Counts(ImportReport report) => (report.Written, report.Skipped, report.Refused);

    private static string Text(byte[] line) => Encoding.UTF8.GetString(line)[75..];

    private static async Task<(StreamName Stream, StorePorts Source)> FilledAsync(int events)
    {
        var source = StorePorts.InMemory();
        var stream = NewStream();
        for (var written = 0; written < events;)
        {
            var count = Math.Min(99, events - written);
            await Repository(source.Store).ExecuteAsync(stream, Command(), w => Wallet.Add(w, [.. Enumerable.Repeat(1, count)]));
            written += count;
        }

        return (stream, source);
    }

    /// <summary>Each byte is a command: its kind, and how much.</summary>
    private async Task<bool> RoundTripAsync(byte[] script)
    {
        var source = StorePorts.InMemory();
        var stream = NewStream();
        var repository = Repository(source.Store);
        foreach (var b in script.Append((byte)1))
        {
            await repository.ExecuteAsync(
                stream, Command(fingerprint: b % 2 == 0 ? $"print {b}" : null), w => b % 3 == 0 ? Wallet.Open(w, $"ö\u2028{b}") : Wallet.Add(w, [.. Enumerable.Repeat((int)b, 1 + (b % 4))]));
        }

        var first = await ExportAsync(source, stream);
        await ImportAsync(first);
        var second = await ExportAsync(Target, stream);
        return first.Select(Encoding.UTF8.GetString).SequenceEqual(second.Select(Encoding.UTF8.GetString));
    }

    private static async Task<List<byte[]>> ExportAsync(StorePorts ports, StreamName stream) =>
        Assert.Single(await ChunksAsync(ports, new ExportRequest("test", stream)));

    private static async Task<List<List<byte[]>>> ChunksAsync(StorePorts ports, ExportRequest request)
    {
        var history = new StreamHistory(ports.Items, ports.Archive, ports.Tombstones);
        var exporter = new StoreExporter(ports.Directory, ports.Store, history, ports.Tombstones, new ManualTimeProvider());
        var chunks = new List<List<byte[]>>();
        string? continuation = null;
        do
        {
            var lines = new List<byte[]>();
            await foreach (var line in exporter.ExportAsync(request with { Continuation = continuation }))
            {
                lines.Add(line);
            }

            chunks.Add(lines);
            continuation = ExportChunk.Parse(lines.SelectMany(l => l).ToArray()).Footer.Continuation;
        }
        while (continuation is not null);

        return chunks;
    }

    private Task<ImportReport> ImportAsync(List<byte[]> lines, StorePorts? ports = null)
    {
        var target = ports ?? Target;
        var history = new StreamHistory(target.Items, target.Archive, target.Tombstones);
        var importer = new StoreImporter(target.Store, target.Items, target.Tombstones, history, Serializer, new EventValidator(Registry));
        return importer.ImportAsync(ExportChunk.Parse(lines.SelectMany(l => l).ToArray()));
    }
}
