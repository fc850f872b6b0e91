using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.Conformance.Tests;

/// <summary>What the ports of administration promise on every store.</summary>
public abstract class AdministrationConformance
{
    private readonly StreamName _stream = NewStream();

    /// <summary>The ports, all of one store.</summary>
    protected abstract StorePorts Ports { get; }

    [Fact]
    public async Task The_directory_lists_every_stream_once_whatever_the_page_size()
    {
        var streams = Enumerable.Range(0, 7).Select(_ => NewStream()).ToList();
        foreach (var stream in streams)
        {
            await FillAsync(stream, 2);
        }

        foreach (var pageSize in (int[])[1, 3, 100])
        {
            var listed = new List<DirectoryEntry>();
            string? continuation = null;
            do
            {
                var page = await Ports.Directory.ListAsync(pageSize, continuation);
                Assert.True(page.Entries.Count <= pageSize);
                listed.AddRange(page.Entries);
                continuation = page.Continuation;
            }
            while (continuation is not null);

            Assert.Equal(listed.Count, listed.Select(e => e.Stream).Distinct().Count());
            Assert.All(streams, s => Assert.Single(listed, e => e.Stream == s.Value && e.Head!.Version == 2));
        }
    }

    [Fact]
    public async Task The_directory_shows_the_head_that_a_load_would()
    {
        await FillAsync(_stream, 3);
        var entry = await FindEntryAsync(_stream);

        var head = await Ports.Store.LoadHeadAsync(_stream);
        Assert.Null(entry.Problem);
        Assert.Equal((head.Version, head.Token, head.Time), (entry.Head!.Version, entry.Head.Token, entry.Head.Time));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("!!!")]
    public async Task A_continuation_that_the_directory_did_not_return_is_refused(string continuation) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Ports.Directory.ListAsync(10, continuation));

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_page_of_the_directory_has_a_size_within_limits(int pageSize) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Ports.Directory.ListAsync(pageSize));

    [Theory]
    [InlineData(1, 5, 1, 5)]
    [InlineData(2, 4, 2, 4)]
    [InlineData(5, 5, 5, 5)]
    [InlineData(4, EventDocument.MaxVersion, 4, 5)]
    [InlineData(6, EventDocument.MaxVersion, 1, 0)]
    public async Task Items_are_read_by_a_range_of_versions(long from, long through, long first, long last)
    {
        await FillAsync(_stream, 5);

        var items = await Ports.Items.ReadAsync(_stream, from, through);

        Assert.Equal(Versions(first, last), items.Select(i => i.Version));
        Assert.All(items, i => Assert.Equal(EventDocument.IdOf(i.Version), i.Id));
        Assert.Equal(
            (await Ports.Store.EventsAsync(_stream)).Where(e => e.Version >= first && e.Version <= last), items.Select(i => Serializer.Read(i.ToDocument())));
    }

    [Fact]
    public async Task A_restored_stream_is_the_stream_it_was()
    {
        await FillAsync(_stream, 3);
        var documents = (await Ports.Items.ReadAsync(_stream, 1, 3)).Select(i => i.ToDocument() with { Stream = "wallet-copy" + _stream.Id }).ToList();
        var copy = StreamName.Parse("wallet-copy" + _stream.Id);
        var head = await Ports.Store.LoadHeadAsync(_stream);

        var restored = Assert.IsType<AppendResult.Appended>(await Ports.Items.RestoreAsync(new StreamRestoration(copy, null, head, documents)));

        var loaded = await Ports.Store.LoadHeadAsync(copy);
        Assert.Equal((3, restored.Token, head.Time), (loaded.Version, loaded.Token, loaded.Time));
        Assert.Equal(head.Commands, loaded.Commands);
        Assert.Equal((await Ports.Store.EventsAsync(_stream)).Select(e => (e.EventId, e.Data, e.Metadata)),
            (await Ports.Store.EventsAsync(copy)).Select(e => (e.EventId, e.Data, e.Metadata)));
        Assert.IsType<AppendResult.Conflict>(await Ports.Items.RestoreAsync(new StreamRestoration(copy, null, head, documents)));
        Assert.IsType<AppendResult.Conflict>(await Ports.Items.RestoreAsync(new StreamRestoration(copy, "\"other\"", head, [])));
        Assert.IsType<AppendResult.Appended>(await Ports.Items.RestoreAsync(new StreamRestoration(copy, loaded.Token, head, [])));
    }

    [Fact]
    public async Task Deleting_takes_the_oldest_events_first_and_ends_at_its_version()
    {
        await FillAsync(_stream, 250);
        var left = 250L;
        int deleted;
        while ((deleted = await Ports.Items.DeleteAsync(_stream, 230)) > 0)
        {
            Assert.InRange(deleted, 1, 100);
            left -= deleted;
            var items = await Ports.Items.ReadAsync(_stream, 1, EventDocument.MaxVersion);
            Assert.Equal(Versions(250 - left + 1, 250), items.Select(i => i.Version));
        }

        Assert.Equal(20, left);
        Assert.Equal(250, (await Ports.Store.LoadHeadAsync(_stream)).Version);
    }

    [Fact]
    public async Task The_archive_keeps_what_is_written_and_writing_again_changes_nothing()
    {
        await FillAsync(_stream, 120);
        var documents = (await Ports.Items.ReadAsync(_stream, 1, 120)).Select(i => i.ToDocument()).ToList();

        await Ports.Archive.WriteAsync(_stream, documents);
        await Ports.Archive.WriteAsync(_stream, documents[50..]);

        var copies = await Ports.Archive.ReadAsync(_stream, 1, EventDocument.MaxVersion);
        Assert.Equal(documents.Select(Bytes), copies.Select(c => Bytes(c.ToDocument())));
        Assert.Equal(Versions(7, 9), (await Ports.Archive.ReadAsync(_stream, 7, 9)).Select(c => c.Version));
        Assert.Empty(await Ports.Archive.ReadAsync(NewStream(), 1, 10));
        Assert.Equal(100, await Ports.Archive.DeleteAsync(_stream, 110));
        Assert.Equal(10, await Ports.Archive.DeleteAsync(_stream, 110));
        Assert.Equal(0, await Ports.Archive.DeleteAsync(_stream, 110));
        Assert.Equal(120, (await Ports.Store.EventsAsync(_stream)).Count);
    }

    [Fact]
    public async Task A_tombstone_takes_the_place_of_the_one_that_was_read_and_of_no_other()
    {
        Assert.Null(await Ports.Tombstones.FindAsync(_stream));
        var first = new Tombstone(3, 1, ChecksumChain.Start, ChecksumChain.Start, DateTimeOffset.UnixEpoch, "ü \"why\"", "ann", null);

        Assert.True(await Ports.Tombstones.SaveAsync(_stream, first, null));
        Assert.False(await Ports.Tombstones.SaveAsync(_stream, first with { Through = 9 }, null));
        var found = (await Ports.Tombstones.FindAsync(_stream))!;
        Assert.Equal(first, found.Tombstone);

        Assert.True(await Ports.Tombstones.SaveAsync(_stream, first with { Through = 4 }, found.Token));
        Assert.False(await Ports.Tombstones.SaveAsync(_stream, first with { Through = 5 }, found.Token));
        Assert.Equal(4, (await Ports.Tombstones.FindAsync(_stream))!.Tombstone.Through);
        Assert.Null(await Ports.Tombstones.FindAsync(NewStream()));
        Assert.Equal(StreamHead.Absent, await Ports.Store.LoadHeadAsync(_stream));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ports.Directory.ListAsync(1, null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ports.Items.ReadAsync(_stream, 1, 2, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ports.Archive.ReadAsync(_stream, 1, 2, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ports.Tombstones.FindAsync(_stream, cancelled));
    }

    private static IEnumerable<long> Versions(long first, long last) => Enumerable.Range((int)first, (int)(last - first + 1)).Select(v => (long)v);

    private static string Bytes(EventDocument document) => ChecksumChain.After(ChecksumChain.Start, document);

    private async Task FillAsync(StreamName stream, int events)
    {
        var written = 0;
        while (written < events)
        {
            var count = Math.Min(99, events - written);
            var from = written;
            var batch = Enumerable.Range(1, count).Select(i => Envelope(stream, from + i, new WalletEvent.Added(i))).ToList();
            var head = await Ports.Store.LoadHeadAsync(stream);
            Assert.IsType<AppendResult.Appended>(
                await Ports.Store.AppendAsync(new StreamAppend(stream, head, batch, null, [new HandledCommand(Guid.NewGuid(), from + count)])));
            written += count;
        }
    }

    private async Task<DirectoryEntry> FindEntryAsync(StreamName stream)
    {
        string? continuation = null;
        do
        {
            var page = await Ports.Directory.ListAsync(100, continuation);
            if (page.Entries.SingleOrDefault(e => e.Stream == stream.Value) is { } entry)
            {
                return entry;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);

        throw new InvalidOperationException($"'{stream}' is not in the directory.");
    }
}
