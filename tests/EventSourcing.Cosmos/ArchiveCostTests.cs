using EventFunctions.EventSourcing.Cosmos.Tests.Fixture;
using EventFunctions.EventSourcing.Tests.Sample;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Cosmos.Tests;

/// <summary>What it costs that streams can be archived: nothing, for those that are not.</summary>
[Collection(nameof(CosmosCollection))]
public sealed class ArchiveCostTests
{
    private readonly RequestLog _log = new();
    private readonly StorePorts _ports;
    private readonly StreamName _stream = NewStream();

    public ArchiveCostTests(CosmosFixture cosmos) => _ports = cosmos.Ports(cosmos.Client(_log));

    [Fact]
    public async Task A_stream_that_was_never_archived_is_read_as_if_there_were_no_archive()
    {
        await FillAsync(300);

        await _ports.Store.EventsAsync(_stream);
        Assert.Equal(["query", "query"], _log.Take());

        await _ports.Store.EventsAsync(_stream, 290);
        Assert.Equal(["query"], _log.Take());

        await _ports.Lookup.FindAsync(_stream, 1);
        Assert.Equal(["read"], _log.Take());
    }

    [Fact]
    public async Task Where_there_is_no_event_one_read_more_tells_that_none_was_archived()
    {
        await FillAsync(3);

        await _ports.Store.EventsAsync(_stream, 4);
        Assert.Equal(["query", "read"], _log.Take());

        await _ports.Lookup.FindAsync(_stream, 4);
        Assert.Equal(["read", "read"], _log.Take());
    }

    [Fact]
    public async Task An_archived_stream_costs_commands_and_loads_nothing_more()
    {
        await FillAsync(200);
        var archiver = new StreamArchiver(
            _ports.Store, _ports.Items, _ports.Archive, _ports.Tombstones, [new SnapshotCheck<Wallet, WalletEvent>()], new ArchiveOptions(TimeSpan.Zero), TimeProvider.System);
        await archiver.ArchiveAsync(_stream, new ArchiveRequest(150, "test", "ann"));
        var repository = Repository(_ports.Store);
        _log.Take();

        await repository.LoadAsync(_stream);
        Assert.Equal(["read"], _log.Take());
        await repository.ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));
        Assert.Equal(["batch"], _log.Take());
        await _ports.Store.EventsAsync(_stream, 151);
        Assert.Equal(["query"], _log.Take());

        await _ports.Store.EventsAsync(_stream);
        Assert.Equal(["query", "read", "query", "query"], _log.Take());
    }

    [Fact]
    public async Task An_event_is_too_young_by_the_time_the_store_wrote_it_and_not_by_its_own()
    {
        var old = Envelope(_stream, 1, new WalletEvent.Added(1), new DateTimeOffset(1999, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var next = Envelope(_stream, 2, new WalletEvent.Added(1));
        var snapshot = new StateSnapshot(Wallet.StateSchema, 2, RawJson.Of(new Wallet(null, 2, 2)));
        await _ports.Store.AppendAsync(new StreamAppend(_stream, StreamHead.Absent, [old, next], snapshot, []));
        var archiver = new StreamArchiver(
            _ports.Store, _ports.Items, _ports.Archive, _ports.Tombstones, [], new ArchiveOptions(), TimeProvider.System);

        var refused = Assert.IsType<ArchiveResult.Refused>(await archiver.ArchiveAsync(_stream, new ArchiveRequest(null, "test", "ann")));

        Assert.Equal("too-young", refused.Code);
        Assert.Equal(2, (await _ports.Items.ReadAsync(_stream, 1, 10)).Count);
        Assert.Null(await _ports.Tombstones.FindAsync(_stream));
    }

    private async Task FillAsync(int events)
    {
        for (var written = 0; written < events;)
        {
            var count = Math.Min(99, events - written);
            await Repository(_ports.Store).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, [.. Enumerable.Repeat(1, count)]));
            written += count;
        }

        _log.Take();
    }
}
