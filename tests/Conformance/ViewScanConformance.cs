using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.Conformance.Tests;

/// <summary>What every scan of views promises.</summary>
public abstract class ViewScanConformance
{
    private static readonly DateTimeOffset Since = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly string _kind = $"kind-{Guid.NewGuid():N}";

    protected abstract IViewStore Store { get; }

    protected abstract IViewScan Scan { get; }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1000)]
    public async Task A_scan_finds_every_view_of_a_kind_once_in_all_partitions(int pageSize)
    {
        var keys = await SaveAsync(30);
        await SaveAsync(3, $"{_kind}@2");

        var found = await ScanAsync(pageSize);

        Assert.Equal(keys.Select(Text).Order(), found.Select(v => Text(v.Key)).Order());
        Assert.All(found, v =>
        {
            var view = v.Current.View.To<WalletView>()!;
            Assert.Equal((view.Balance, Since, Since.AddTicks(view.Balance)), ((int)v.Current.Version, v.Current.Since, v.Current.AsOf));
        });
    }

    [Fact]
    public async Task A_view_that_was_deleted_is_gone_and_can_be_deleted_again_and_made_anew()
    {
        var keys = await SaveAsync(3);

        await Scan.DeleteAsync(keys[0]);
        await Scan.DeleteAsync(keys[0]);

        Assert.Null(await Store.FindAsync<WalletView>(keys[0]));
        Assert.Equal(2, (await ScanAsync(10)).Count);
        Assert.NotNull(await Store.SaveAsync(keys[0], _kind, View(1), null));
        Assert.Equal(3, (await ScanAsync(10)).Count);
    }

    [Fact]
    public async Task A_kind_without_views_is_an_empty_scan()
    {
        Assert.Empty(await ScanAsync(10));
    }

    [Fact]
    public async Task A_page_of_nothing_or_too_much_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Scan.ScanAsync(_kind, 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Scan.ScanAsync(_kind, ScannedPage.MaxSize + 1));
    }

    private static string Text(ViewKey key) => $"{key.Partition}/{key.Id}";

    private static VersionedView<WalletView> View(int number) => new(new WalletView("w", number, [1]), number, Since, Since.AddTicks(number));

    private async Task<List<ViewKey>> SaveAsync(int count, string? kind = null)
    {
        var keys = new List<ViewKey>();
        for (var i = 1; i <= count; i++)
        {
            var key = new ViewKey($"{kind ?? _kind}-p{i % 7}", $"v{i}");
            Assert.NotNull(await Store.SaveAsync(key, kind ?? _kind, View(i), null));
            keys.Add(key);
        }

        return keys;
    }

    private async Task<List<ScannedView>> ScanAsync(int pageSize)
    {
        var found = new List<ScannedView>();
        string? continuation = null;
        do
        {
            var page = await Scan.ScanAsync(_kind, pageSize, continuation);
            Assert.True(page.Views.Count <= pageSize);
            found.AddRange(page.Views);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return found;
    }
}
