using EventFunctions.Tests.Support.Disks;

namespace EventFunctions.Local.Journal.Tests;

public sealed class JournalTests
{
    private readonly SimulatedDisk _disk = new(new Random(1));

    [Fact]
    public async Task Records_come_back_in_their_order_with_their_kinds()
    {
        await using (var journal = await DurableJournal.OpenAsync(_disk.Open(), Given.Options, (_, _) => Assert.Fail("there is nothing yet"), CancellationToken.None))
        {
            await journal.AppendAsync(0, []);
            await journal.AppendAsync(255, "some bytes"u8);
            await journal.AppendAsync(1, new byte[20_000_000]);
        }

        var found = new List<(byte Kind, int Length)>();
        await using var again = await DurableJournal.OpenAsync(_disk.Open(), Given.Options, (kind, payload) => found.Add((kind, payload.Length)), CancellationToken.None);
        Assert.Equal([((byte)0, 0), (255, 10), (1, 20_000_000)], found);
        Assert.Equal((3, null), (again.Recovery.Records, again.Recovery.Cut));
    }

    [Fact]
    public async Task Many_appenders_lose_nothing_and_keep_their_own_order()
    {
        const int appenders = 32, each = 100;
        await using (var journal = (await Given.OpenAsync(_disk.Open(), Given.Options with { SegmentBytes = 50_000 })).Journal)
        {
            await Task.WhenAll(Enumerable.Range(0, appenders).Select(a => Task.Run(async () =>
            {
                for (var i = 0; i < each; i++)
                {
                    await Given.AppendAsync(journal, (a * each) + i);
                }
            })));
        }

        Assert.True(_disk.List().Count(n => n.EndsWith(".segment", StringComparison.Ordinal)) > 1);
        var found = await Given.ReadAsync(_disk.Open());
        Assert.Equal(Enumerable.Range(0, appenders * each), found.Order());
        Assert.All(found.GroupBy(n => n / each), own => Assert.Equal(own.Order(), own));
    }

    [Fact]
    public async Task What_is_appended_while_the_disk_is_busy_shares_one_sync()
    {
        var (journal, _) = await Given.OpenAsync(_disk.Open());
        await _disk.SyncGate.WaitAsync();
        var before = _disk.Syncs;
        var appended = Enumerable.Range(0, 500).Select(i => Given.AppendAsync(journal, i)).ToList();
        Assert.DoesNotContain(appended, t => t.IsCompleted);
        _disk.SyncGate.Release();
        await Task.WhenAll(appended);

        // The first may have gone alone, before the others came.
        Assert.InRange(_disk.Syncs - before, 1, 2);
        await journal.DisposeAsync();
    }

    [Fact]
    public async Task A_closed_journal_says_so()
    {
        var (journal, _) = await Given.OpenAsync(_disk.Open());
        await journal.DisposeAsync();
        await journal.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => { _ = Given.AppendAsync(journal, 1); });
    }

    [Fact]
    public async Task A_record_that_is_too_long_is_refused_and_nothing_is_written()
    {
        var (journal, _) = await Given.OpenAsync(_disk.Open());
        var refused = Assert.Throws<ArgumentException>(() => { _ = journal.AppendAsync(1, new byte[DurableJournal.MaxRecordBytes + 1]); });
        Assert.Contains($"{DurableJournal.MaxRecordBytes}", refused.Message, StringComparison.Ordinal);
        await journal.DisposeAsync();
        Assert.Empty(await Given.ReadAsync(_disk.Open()));
    }

    [Fact]
    public async Task What_is_open_can_be_read_again_up_to_what_is_on_the_disk()
    {
        var (journal, _) = await Given.OpenAsync(_disk.Open(), Given.Options with { SegmentBytes = 200 });
        for (var i = 0; i < 20; i++)
        {
            await Given.AppendAsync(journal, i);
        }

        _disk.FailNext(DiskFault.FailedSync);
        await Assert.ThrowsAsync<JournalFailedException>(() => Given.AppendAsync(journal, 20));
        var found = new List<int>();
        await journal.ReplayAsync((kind, payload) => found.Add(Given.NumberOf(kind, payload)), CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 20), found);
        await journal.DisposeAsync();
    }
}
