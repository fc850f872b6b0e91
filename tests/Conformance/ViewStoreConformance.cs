using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.Conformance.Tests;

/// <summary>What every view store promises.</summary>
public abstract class ViewStoreConformance
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly string _partition = Guid.NewGuid().ToString("N");

    protected abstract IViewStore Store { get; }

    [Fact]
    public async Task An_absent_view_is_null() => Assert.Null(await Store.FindAsync<WalletView>(Key("x")));

    [Fact]
    public async Task A_view_is_found_as_it_was_saved()
    {
        var view = new VersionedView<WalletView>(new WalletView("ü \"1\"", -5, [1, 2]), 2, Start.AddTicks(1), Start.AddTicks(12345678));

        Assert.NotNull(await Store.SaveAsync(Key("x"), "wallet", view, null));

        Assert.Equal(view, (await Store.FindAsync<WalletView>(Key("x")))!.Current);
    }

    [Fact]
    public async Task Times_are_kept_as_moments_whatever_their_offset()
    {
        var elsewhere = Start.ToOffset(TimeSpan.FromHours(5));
        await Store.SaveAsync(Key("x"), "wallet", new VersionedView<WalletView>(new WalletView("x", 0, []), 1, elsewhere, elsewhere), null);

        var found = (await Store.FindAsync<WalletView>(Key("x")))!.Current;

        Assert.Equal((Start, Start), (found.Since, found.AsOf));
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("...")]
    [InlineData("é漢\U0001F600")]
    [InlineData("a+b&c=d;e,f\"g'h")]
    public async Task A_key_may_have_any_other_character(string id)
    {
        var key = new ViewKey($"{_partition}/%25?#\\{id}", id);
        Assert.NotNull(await Store.SaveAsync(key, "wallet", View("x", 1), null));

        var stored = await Store.FindAsync<WalletView>(key);

        Assert.Equal(View("x", 1), stored!.Current);
        Assert.NotNull(await Store.SaveAsync(key, "wallet", View("x", 2), stored.ETag));
    }

    [Fact]
    public async Task A_view_that_does_not_fit_what_it_is_read_as_is_refused()
    {
        await Store.SaveAsync(Key("x"), "wallet", View("x", 1), null);

        var exception = await Assert.ThrowsAsync<ViewRefusedException>(() => Store.FindAsync<OtherView>(Key("x")));
        await Assert.ThrowsAsync<ViewRefusedException>(() => Store.ListAsync<OtherView>(_partition, "wallet", 10));

        Assert.Contains("rebuild the projection", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_is_replaced_under_the_token_it_was_read_with()
    {
        await Store.SaveAsync(Key("x"), "wallet", View("x", 1), null);
        var stored = (await Store.FindAsync<WalletView>(Key("x")))!;

        Assert.NotNull(await Store.SaveAsync(Key("x"), "wallet", View("x", 2), stored.ETag));

        var found = (await Store.FindAsync<WalletView>(Key("x")))!;
        Assert.Equal(View("x", 2), found.Current);
        Assert.NotEqual(stored.ETag, found.ETag);
    }

    [Fact]
    public async Task A_save_tells_the_token_that_a_read_would_and_the_next_save_takes_it()
    {
        var created = await Store.SaveAsync(Key("x"), "wallet", View("x", 1), null);
        Assert.Equal(created, (await Store.FindAsync<WalletView>(Key("x")))!.ETag);

        var replaced = await Store.SaveAsync(Key("x"), "wallet", View("x", 2), created);
        Assert.Equal(replaced, (await Store.FindAsync<WalletView>(Key("x")))!.ETag);

        Assert.Null(await Store.SaveAsync(Key("x"), "wallet", View("x", 9), created));
        Assert.NotNull(await Store.SaveAsync(Key("x"), "wallet", View("x", 3), replaced));
    }

    [Fact]
    public async Task A_view_that_another_has_written_meanwhile_is_left()
    {
        await Store.SaveAsync(Key("x"), "wallet", View("x", 1), null);
        var stale = (await Store.FindAsync<WalletView>(Key("x")))!.ETag;
        await Store.SaveAsync(Key("x"), "wallet", View("x", 2), stale);

        Assert.Null(await Store.SaveAsync(Key("x"), "wallet", View("x", 9), stale));

        Assert.Equal(View("x", 2), (await Store.FindAsync<WalletView>(Key("x")))!.Current);
    }

    [Fact]
    public async Task A_view_that_exists_is_not_created_again()
    {
        await Store.SaveAsync(Key("x"), "wallet", View("x", 1), null);

        Assert.Null(await Store.SaveAsync(Key("x"), "wallet", View("x", 9), null));

        Assert.Equal(View("x", 1), (await Store.FindAsync<WalletView>(Key("x")))!.Current);
    }

    [Fact]
    public async Task A_view_that_is_not_there_is_not_replaced()
    {
        await Store.SaveAsync(Key("x"), "wallet", View("x", 1), null);
        var etag = (await Store.FindAsync<WalletView>(Key("x")))!.ETag;

        Assert.Null(await Store.SaveAsync(Key("y"), "wallet", View("y", 2), etag));

        Assert.Null(await Store.FindAsync<WalletView>(Key("y")));
    }

    [Fact]
    public async Task Of_several_writers_with_one_token_just_one_succeeds()
    {
        await Store.SaveAsync(Key("x"), "wallet", View("x", 1), null);
        var etag = (await Store.FindAsync<WalletView>(Key("x")))!.ETag;

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => Task.Run(() => Store.SaveAsync(Key("x"), "wallet", View("x", 2 + i), etag))));

        Assert.Equal((await Store.FindAsync<WalletView>(Key("x")))!.ETag, Assert.Single(results, token => token is not null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task A_list_shows_each_view_of_its_kind_and_partition_once_and_the_newest_first(int pageSize)
    {
        var ids = Enumerable.Range(0, 7).Select(i => $"w{i}").ToList();
        foreach (var id in ids.OrderBy(id => id.GetHashCode(StringComparison.Ordinal)))
        {
            await Store.SaveAsync(Key(id), "wallet", View(id, 1, Start.AddMilliseconds(ids.IndexOf(id) * 300)), null);
        }

        await Store.SaveAsync(Key("other-kind"), "summary", View("other-kind", 1), null);
        await Store.SaveAsync(new ViewKey(_partition + "x", "w9"), "wallet", View("w9", 1), null);

        Assert.Equal(Enumerable.Reverse(ids), await ListAsync(pageSize));
    }

    [Fact]
    public async Task A_list_loses_and_repeats_nothing_where_times_are_the_same()
    {
        var ids = Enumerable.Range(0, 7).Select(i => $"w{i}").ToList();
        foreach (var id in ids)
        {
            await Store.SaveAsync(Key(id), "wallet", View(id, 1), null);
        }

        Assert.Equal(ids, (await ListAsync(2)).Order());
    }

    [Fact]
    public async Task Lists_at_the_same_time_do_not_disturb_each_other()
    {
        string[] kinds = ["wallet", "summary", "detail"];
        foreach (var kind in kinds)
        {
            await Store.SaveAsync(Key(kind), kind, View(kind, 1), null);
        }

        var pages = await Task.WhenAll(Enumerable.Range(0, 48).Select(
            i => Task.Run(() => Store.ListAsync<WalletView>(_partition, kinds[i % kinds.Length], 10))));

        Assert.All(
            pages.Select((page, i) => (page.Views, Kind: kinds[i % kinds.Length])),
            p => Assert.Equal(p.Kind, Assert.Single(p.Views).View.WalletId));
    }

    [Fact]
    public async Task A_list_of_nothing_is_an_empty_last_page()
    {
        var page = await Store.ListAsync<WalletView>(_partition, "wallet", 10);

        Assert.Empty(page.Views);
        Assert.Null(page.Continuation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_page_has_a_size_within_limits(int pageSize) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ListAsync<WalletView>(_partition, "wallet", pageSize));

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("!!!")]
    public async Task A_continuation_that_no_list_returned_is_refused(string continuation)
    {
        await Store.SaveAsync(Key("x"), "wallet", View("x", 1), null);

        await Assert.ThrowsAsync<ArgumentException>(() => Store.ListAsync<WalletView>(_partition, "wallet", 10, continuation));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.FindAsync<WalletView>(Key("x"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.SaveAsync(Key("x"), "wallet", View("x", 1), null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.ListAsync<WalletView>(_partition, "wallet", 10, null, cancelled));
    }

    private static VersionedView<WalletView> View(string id, long version, DateTimeOffset? since = null) =>
        new(new WalletView(id, 1, [version]), version, since ?? Start, Start.AddSeconds(version));

    private sealed record OtherView(string NotThere);

    private ViewKey Key(string id) => new(_partition, id);

    private async Task<IReadOnlyList<string>> ListAsync(int pageSize)
    {
        var ids = new List<string>();
        string? continuation = null;
        do
        {
            var page = await Store.ListAsync<WalletView>(_partition, "wallet", pageSize, continuation);
            Assert.True(page.Views.Count <= pageSize);
            ids.AddRange(page.Views.Select(v => v.View.WalletId));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return ids;
    }
}
