using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Support.Disks;

namespace EventFunctions.Local.Journal.Tests;

public sealed class CompactionTests
{
    private readonly SimulatedDisk _disk = new(new Random(1));

    [Fact]
    public async Task A_snapshot_takes_the_place_of_the_log_before_it_and_no_more()
    {
        var (journal, _) = await Given.OpenAsync(_disk.Open(), Given.Options with { SegmentBytes = 200 });
        for (var i = 1; i <= 20; i++)
        {
            await Given.AppendAsync(journal, i);
        }

        // 1 to 20 come to 2 of them; what is appended once it has begun is kept beside it.
        var snapshot = journal.BeginSnapshot();
        await Given.AppendAsync(journal, 21);
        snapshot.Write(Given.Kind, Given.Payload(19, 10));
        snapshot.Write(Given.Kind, Given.Payload(20, 10));
        await Given.AppendAsync(journal, 22);
        await snapshot.CommitAsync(CancellationToken.None);
        await Given.AppendAsync(journal, 23);
        await journal.DisposeAsync();

        Assert.Equal([19, 20, 21, 22, 23], await Given.ReadAsync(_disk.Open()));
        Assert.Single(_disk.List(), n => n.EndsWith(".snapshot", StringComparison.Ordinal));
        Assert.InRange(_disk.List().Count, 2, 3);
    }

    [Fact]
    public async Task A_snapshot_that_is_not_committed_counts_for_nothing()
    {
        var (journal, _) = await Given.OpenAsync(_disk.Open());
        await Given.AppendAsync(journal, 1);
        var given = journal.BeginSnapshot();
        given.Write(Given.Kind, Given.Payload(99, 10));
        Assert.Throws<InvalidOperationException>(() => { _ = journal.BeginSnapshot(); });
        await given.DisposeAsync();
        await Given.CompactAsync(journal, [1]);
        await journal.DisposeAsync();
        Assert.Equal([1], await Given.ReadAsync(_disk.Open()));
    }

    [Fact]
    public async Task An_empty_state_makes_a_snapshot_too()
    {
        var (journal, _) = await Given.OpenAsync(_disk.Open());
        await Given.AppendAsync(journal, 1);
        await Given.CompactAsync(journal, []);
        await Given.CompactAsync(journal, []);
        await journal.DisposeAsync();
        Assert.Empty(await Given.ReadAsync(_disk.Open()));
    }

    [Fact]
    public async Task A_large_snapshot_comes_back_whole()
    {
        var (journal, _) = await Given.OpenAsync(_disk.Open());
        await using (var snapshot = journal.BeginSnapshot())
        {
            for (var i = 0; i < 3000; i++)
            {
                snapshot.Write(Given.Kind, Given.Payload(i, 10_000));
            }

            await snapshot.CommitAsync(CancellationToken.None);
        }

        await journal.DisposeAsync();
        Assert.Equal(Enumerable.Range(0, 3000), await Given.ReadAsync(_disk.Open()));
    }

    [Fact]
    public async Task The_log_is_compacted_when_the_policy_says_so()
    {
        var policy = new CompactionPolicy { MinBytes = 2000, Ratio = 2 };
        var (journal, _) = await Given.OpenAsync(_disk.Open(), Given.Options with { Compaction = policy });
        var (state, compactions) = (new List<int>(), 0);
        await using (var compactor = new Compactor(
            journal,
            async cancellationToken =>
            {
                List<int> noted;
                SnapshotWriter snapshot;
                lock (state)
                {
                    snapshot = journal.BeginSnapshot();
                    noted = [.. state];
                }

                await using (snapshot)
                {
                    noted.ForEach(n => snapshot.Write(Given.Kind, Given.Payload(n, 20)));
                    await snapshot.CommitAsync(cancellationToken);
                }

                Interlocked.Increment(ref compactions);
            },
            cause => Assert.Fail(cause.ToString())))
        {
            for (var i = 0; i < 500; i++)
            {
                Task done;
                lock (state)
                {
                    state.Add(i);
                    done = Given.AppendAsync(journal, i);
                }

                await done;
            }

            await Eventually.HoldsAsync(() => Volatile.Read(ref compactions) > 0, "the log has been compacted");
        }

        await journal.DisposeAsync();
        Assert.Equal(Enumerable.Range(0, 500), await Given.ReadAsync(_disk.Open()));
    }

    [Fact]
    public async Task A_failed_compaction_is_told_and_tried_again_when_the_log_has_grown()
    {
        var (journal, _) = await Given.OpenAsync(_disk.Open(), Given.Options with { Compaction = new CompactionPolicy { MinBytes = 200 } });
        var (tries, told) = (0, 0);
        await using (var compactor = new Compactor(
            journal, _ => Interlocked.Increment(ref tries) == 1 ? throw new IOException("full") : Given.CompactAsync(journal, []), _ => Interlocked.Increment(ref told)))
        {
            await Given.AppendAsync(journal, 1, length: 300);
            await Eventually.HoldsAsync(() => Volatile.Read(ref told) == 1, "the failure is told");
            Assert.Equal(1, Volatile.Read(ref tries));
            await Given.AppendAsync(journal, 2, length: 300);
            await Eventually.HoldsAsync(() => _disk.List().Any(n => n.EndsWith(".snapshot", StringComparison.Ordinal)), "it was tried again");
        }

        Assert.Equal((2, 1), (tries, told));
        await journal.DisposeAsync();
    }

    [Theory]
    [InlineData(0, 64L * 1024 * 1024)]
    [InlineData(1_000_000_000, 1_000_000_000)]
    public void By_default_the_log_may_grow_as_large_as_the_snapshot(long snapshot, long due) => Assert.Equal(due, new CompactionPolicy().DueAt(snapshot));
}
