using System.Collections.Concurrent;

namespace EventFunctions.EventSourcing.Tests.Projections.Tallies;

/// <summary>Writers that come while another writes go together, and each is told what became of its own.</summary>
public sealed class GroupedWritesTests : IDisposable
{
    private readonly ConcurrentQueue<(string Partition, IReadOnlyList<int> Writes)> _groups = new();
    private readonly SemaphoreSlim _mayGoOn = new(0);
    private Func<IReadOnlyList<int>, bool> _outcome = _ => true;

    [Fact]
    public async Task Who_comes_while_a_group_is_written_is_in_the_next_with_all_others()
    {
        var grouped = Grouped();

        var writes = Enumerable.Range(1, 5).Select(i => grouped.WriteAsync("a", i, CancellationToken.None)).ToList();
        _mayGoOn.Release(2);

        Assert.All(await Task.WhenAll(writes), Assert.True);
        Assert.Equal([[1], [2, 3, 4, 5]], _groups.Select(g => g.Writes));
    }

    [Fact]
    public async Task Partitions_do_not_wait_for_each_other_and_one_that_is_idle_begins_anew()
    {
        var grouped = Grouped();

        var (one, other) = (grouped.WriteAsync("a", 1, CancellationToken.None), grouped.WriteAsync("b", 2, CancellationToken.None));
        _mayGoOn.Release(2);
        await Task.WhenAll(one, other);
        var later = grouped.WriteAsync("a", 3, CancellationToken.None);
        _mayGoOn.Release();

        Assert.True(await later);
        Assert.Equal(["a 1", "a 3", "b 2"], _groups.Select(g => $"{g.Partition} {Assert.Single(g.Writes)}").Order());
    }

    [Fact]
    public async Task All_of_a_group_are_told_that_it_could_not_be_written_and_the_next_goes_on()
    {
        _outcome = writes => writes.Contains(3) ? throw new StoreUnavailableException("away") : !writes.Contains(1);
        var grouped = Grouped();

        var lost = grouped.WriteAsync("a", 1, CancellationToken.None);
        var (failed, together) = (grouped.WriteAsync("a", 2, CancellationToken.None), grouped.WriteAsync("a", 3, CancellationToken.None));
        _mayGoOn.Release(2);

        Assert.False(await lost);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => failed);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => together);
        _mayGoOn.Release();
        Assert.True(await grouped.WriteAsync("a", 4, CancellationToken.None));
    }

    [Fact]
    public async Task One_that_the_store_refuses_does_not_take_the_others_with_it()
    {
        _outcome = writes => writes.Contains(3) ? throw new ViewRefusedException("too large") : true;
        var grouped = Grouped();

        var writes = Enumerable.Range(1, 4).Select(i => grouped.WriteAsync("a", i, CancellationToken.None)).ToList();
        _mayGoOn.Release(5);

        await Assert.ThrowsAsync<ViewRefusedException>(() => writes[2]);
        Assert.All(await Task.WhenAll(writes.Where((_, i) => i != 2)), Assert.True);
        Assert.Equal([[1], [2, 3, 4], [2], [3], [4]], _groups.Select(g => g.Writes));
    }

    [Fact]
    public async Task Who_gives_up_is_written_all_the_same_and_holds_up_nobody()
    {
        using var giveUp = new CancellationTokenSource();
        var grouped = Grouped();

        var given = grouped.WriteAsync("a", 1, giveUp.Token);
        var other = grouped.WriteAsync("a", 2, CancellationToken.None);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        _mayGoOn.Release(2);

        Assert.True(await other);
        Assert.Equal([[1], [2]], _groups.Select(g => g.Writes));
    }

    public void Dispose() => _mayGoOn.Dispose();

    private GroupedWrites<int> Grouped() => new(async (partition, writes) =>
    {
        _groups.Enqueue((partition, writes));
        await _mayGoOn.WaitAsync();
        return _outcome(writes);
    });
}
