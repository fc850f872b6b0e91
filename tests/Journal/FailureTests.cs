using EventFunctions.Tests.Support.Disks;

namespace EventFunctions.Local.Journal.Tests;

public sealed class FailureTests
{
    private readonly SimulatedDisk _disk = new(new Random(1));

    [Theory]
    [InlineData(DiskFault.FullDisk)]
    [InlineData(DiskFault.FailedSync)]
    public async Task After_a_failure_nothing_more_is_taken_and_what_was_acknowledged_is_there(DiskFault fault)
    {
        var (journal, _) = await Given.OpenAsync(_disk.Open());
        await Given.AppendAsync(journal, 1);
        _disk.FailNext(fault);
        var failed = await Assert.ThrowsAsync<JournalFailedException>(() => Given.AppendAsync(journal, 2));
        Assert.Contains(failed.InnerException!.Message.TrimEnd('.'), failed.Message, StringComparison.Ordinal);
        Assert.Contains("/simulated", failed.Message, StringComparison.Ordinal);

        // The disk works again; the journal does not pretend that nothing was.
        var syncs = _disk.Syncs;
        Assert.Throws<JournalFailedException>(() => { _ = Given.AppendAsync(journal, 3); });
        await Assert.ThrowsAsync<JournalFailedException>(journal.FlushAsync);
        Assert.Throws<JournalFailedException>(() => { _ = journal.BeginSnapshot(); });
        Assert.NotNull(journal.Failure);
        await journal.DisposeAsync();
        Assert.Equal(syncs, _disk.Syncs);

        _disk.Restart();
        var (again, numbers) = await Given.OpenAsync(_disk.Open());
        Assert.Equal(1, numbers[0]);
        Assert.InRange(numbers.Count, 1, 2);
        await Given.AppendAsync(again, 3);
        await again.DisposeAsync();
        Assert.Equal([.. numbers, 3], await Given.ReadAsync(_disk.Open()));
    }

    /// <summary>The record can be read, but the disk does not have it, and no sync would put it there: opening writes it again.</summary>
    [Fact]
    public async Task What_is_only_in_memory_after_a_failed_sync_is_safe_once_it_has_been_read()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var disk = new SimulatedDisk(new Random(seed));
            var (journal, _) = await Given.OpenAsync(disk.Open());
            await Given.AppendAsync(journal, 1);
            disk.FailNext(DiskFault.FailedSync);
            await Assert.ThrowsAsync<JournalFailedException>(() => Given.AppendAsync(journal, 2, length: 5000));
            await journal.DisposeAsync();

            var (again, numbers) = await Given.OpenAsync(disk.Open());
            Assert.Equal([1, 2], numbers);
            await Given.AppendAsync(again, 3);
            await again.DisposeAsync();
            disk.Restart();
            Assert.Equal([1, 2, 3], await Given.ReadAsync(disk.Open()));
        }
    }

    [Fact]
    public async Task A_torn_tail_is_cut_and_told()
    {
        var (journal, _) = await Given.OpenAsync(_disk.Open());
        await Given.AppendAsync(journal, 1);
        await journal.DisposeAsync();
        var name = Assert.Single(_disk.List());
        var sound = _disk.ReadAll(name);
        _disk.Put(name, [.. sound, .. sound[^30..], 0, 0, 0]);

        var (again, numbers) = await Given.OpenAsync(_disk.Open());
        Assert.Equal([1], numbers);
        Assert.Equal(new CutTail($"/simulated/{name}", sound.Length, 33), again.Recovery.Cut);
        await Given.AppendAsync(again, 2);
        await again.DisposeAsync();
        Assert.Equal([1, 2], await Given.ReadAsync(_disk.Open()));
    }

    [Fact]
    public async Task A_snapshot_that_can_t_be_written_leaves_the_log_as_it_is()
    {
        var (journal, _) = await Given.OpenAsync(_disk.Open());
        await Given.AppendAsync(journal, 1);
        await using (var snapshot = journal.BeginSnapshot())
        {
            await journal.FlushAsync();
            snapshot.Write(Given.Kind, Given.Payload(1, 10));
            _disk.FailNext(DiskFault.FullDisk);
            await Assert.ThrowsAsync<IOException>(() => snapshot.CommitAsync(CancellationToken.None));
        }

        await Given.AppendAsync(journal, 2);
        await Given.CompactAsync(journal, [1, 2]);
        await Given.AppendAsync(journal, 3);
        await journal.DisposeAsync();
        Assert.Equal([1, 2, 3], await Given.ReadAsync(_disk.Open()));
    }
}
